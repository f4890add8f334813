using System.Collections.Immutable;

namespace Performance.Scoring.Tickets;

internal enum StepKind : byte
{
    Opened,
    Assigned,
    Status,
    Rejected,
    TakenBack,
    Excused,
    ExcuseWithdrawn,
    Reclassified
}

/// <summary>One entry of a ticket's history, reduced to what the fold needs.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="FactId">Id of the event behind it.</param>
/// <param name="Step">What has the same step happened together.</param>
/// <param name="At">When; of an opening, when the first status was reached.</param>
/// <param name="Text">The status, or the label; of an excuse, who and in the next lines why.</param>
/// <param name="Ref">The agent, or the rejection event meant.</param>
internal sealed record HistoryEntry(
    StepKind Kind, Guid FactId, int Step, DateTimeOffset At, string? Text, Guid? Ref);

/// <summary>
/// A ticket with its whole history: what the facts are computed from. Kept beside them, so that a change of a source's
/// status classes or of the zone can restate them, and so that live and rebuild run the very same fold.
/// </summary>
internal sealed record TicketHistory(
    Guid TicketId,
    WorkKind? Kind,
    string Source,
    string ExternalId,
    string? Title,
    string? Type,
    string? State,
    DateTimeOffset CreatedAt,
    ImmutableArray<HistoryEntry> Entries)
{
    /// <summary>When the first of its events was recorded.</summary>
    public DateTimeOffset RecordedFrom { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>When the last of them was: as it is now, the ticket was known from then on.</summary>
    public DateTimeOffset RecordedTo { get; init; } = DateTimeOffset.MinValue;

    public static TicketHistory None(Guid ticketId) =>
        new(ticketId, null, "", "", null, null, null, default, []);

    public TicketHistory With(WorkEvent happened) => happened switch
    {
        WorkOpened e => Add(e, StepKind.Opened, e.Status, e.AgentId, e.StatusAt) with
        {
            Kind = e.Kind, Source = e.Source, ExternalId = e.ExternalId, Title = e.Title, Type = e.Type,
            State = e.State, CreatedAt = e.OccurredAt
        },
        WorkReclassified e => Knows(e) ? this
            : Add(e, StepKind.Reclassified, null, null) with { Type = e.Type, State = e.State },
        WorkAssigned e => Add(e, StepKind.Assigned, null, e.AgentId),
        WorkStatusChanged e => Add(e, StepKind.Status, e.Status, null),
        WorkRejected e => Add(e, StepKind.Rejected, e.Label, null),
        RejectionTakenBack e => Add(e, StepKind.TakenBack, null, e.RejectionId),
        RejectionExcused e => Add(e, StepKind.Excused, $"{e.By}\n{e.Reason}", e.RejectionId),
        ExcuseWithdrawn e => Add(e, StepKind.ExcuseWithdrawn, null, e.RejectionId),
        _ => this
    };

    // A fact that is there already changes nothing, whoever delivers it twice.
    private TicketHistory Add(WorkEvent e, StepKind kind, string? text, Guid? reference, DateTimeOffset? at = null) =>
        Knows(e) ? this
        : this with
        {
            Entries = Entries.Add(new(kind, e.FactId, e.Step, at ?? e.OccurredAt, text, reference)),
            RecordedFrom = e.RecordedAt < RecordedFrom ? e.RecordedAt : RecordedFrom,
            RecordedTo = e.RecordedAt > RecordedTo ? e.RecordedAt : RecordedTo
        };

    private bool Knows(WorkEvent e)
    {
        foreach (var known in Entries)
        {
            if (known.FactId == e.FactId)
            {
                return true;
            }
        }

        return false;
    }
}
