using System.Collections.Immutable;
using Performance.Contracts;

namespace Performance.Tickets;

/// <summary>A ticket as its commands need to know it, folded from its stream.</summary>
internal sealed record Ticket(
    Guid Id,
    TicketKind Kind,
    string Source,
    string ExternalId,
    string? Title,
    string? Type,
    string? State,
    string Status,
    Guid? AgentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Step,
    Requestor? Requestor,
    int? RejectedSince,
    ImmutableList<Rejection> Rejections,
    ImmutableList<Dispute> Disputes)
{
    /// <summary>The source of tickets that were filed or logged here.</summary>
    public const string OwnSource = "portal";

    /// <summary>Applies one stored event; the event's id identifies a rejection.</summary>
    /// <exception cref="InvalidOperationException">The event is not one of a ticket, or stands before its
    /// first.</exception>
    public static Ticket Evolve(Ticket? ticket, Guid ticketId, Guid eventId, object data) => (ticket, data) switch
    {
        (null, TicketImported e) => new Ticket(
            ticketId, TicketKind.Imported, e.Source, e.ExternalId, e.Title, e.Type, e.State, e.Status, e.AgentId,
            e.OccurredAt, e.StatusAt, e.Step, null, RejectionWords.In(e.Status) ? e.Step : null,
            Entry([], eventId, e.Status, e.Step), []),
        (null, TicketSubmitted e) => new Ticket(
            ticketId, TicketKind.Intake, OwnSource, e.Number, e.Subject, null, null, IntakeStatuses.New, e.AgentId,
            e.OccurredAt, e.OccurredAt, e.Step,
            new Requestor(e.Name, e.Email, e.Department, e.Description), null, [], []),
        (not null, _) => ticket.Apply(eventId, data),
        _ => throw new InvalidOperationException($"{data.GetType().Name} cannot begin a ticket.")
    };

    /// <summary>
    /// The rejection events that count, excused or not: labels that the source has not taken off, and entries into a
    /// rejection status that no label came with (scorecard.md section 1).
    /// </summary>
    public IEnumerable<Rejection> StandingRejections =>
        Rejections.Where(r => !r.Removed && (r.Label is not null || !HasLabel(r.Step)));

    /// <summary>The rejection events that count, as long as nobody excuses them.</summary>
    public IEnumerable<Rejection> CountingRejections => StandingRejections.Where(r => !r.Excused);

    public IEnumerable<Dispute> OpenDisputes => Disputes.Where(d => d.Accepted is null);

    private Ticket Apply(Guid eventId, object data) => data switch
    {
        TicketAssigned e => this with { AgentId = e.AgentId, UpdatedAt = e.OccurredAt, Step = e.Step },
        TicketStatusChanged e => this with
        {
            Status = e.To, UpdatedAt = e.OccurredAt, Step = e.Step,
            RejectedSince = !RejectionWords.In(e.To) ? null : RejectionWords.In(e.From) ? RejectedSince : e.Step,
            Rejections = Kind == TicketKind.Imported && !RejectionWords.In(e.From)
                ? Entry(Rejections, eventId, e.To, e.Step)
                : Rejections
        },
        TicketReclassified e => this with { Type = e.Type, State = e.State, UpdatedAt = e.OccurredAt, Step = e.Step },
        TicketRenamed e => this with { Title = e.Title, UpdatedAt = e.OccurredAt, Step = e.Step },
        RejectionRecorded e => this with
        {
            UpdatedAt = e.OccurredAt, Step = e.Step,
            Rejections = Rejections.Add(new Rejection(eventId, e.Label, e.Step, RejectedSince, e.OccurredAt))
        },
        RejectionLabelRemoved e => this with
        {
            UpdatedAt = e.OccurredAt, Step = e.Step,
            Rejections = Change(e.RejectionEventId, r => r with { Removed = true })
        },
        RejectionsExcused e => this with
        {
            UpdatedAt = e.OccurredAt, Step = e.Step,
            Rejections = Change(e.RejectionEventId, r => r with { Excused = true, WasExcused = true })
        },
        ExcuseWithdrawn e => this with
        {
            UpdatedAt = e.OccurredAt, Step = e.Step,
            Rejections = Change(e.RejectionEventId, r => r with { Excused = false })
        },
        RejectionDisputed e => this with
        {
            UpdatedAt = e.OccurredAt, Step = e.Step,
            Disputes = Disputes.Add(new Dispute(
                eventId, e.RejectionEventId, e.AgentId, e.By,
                [
                    .. CountingRejections.Select(r => r.EventId)
                        .Where(id => e.RejectionEventId is null || id == e.RejectionEventId)
                ],
                null))
        },
        DisputeDecided e => this with
        {
            UpdatedAt = e.OccurredAt, Step = e.Step,
            Disputes =
                [.. Disputes.Select(d => d.EventId == e.DisputeEventId ? d with { Accepted = e.Accepted } : d)]
        },
        _ => throw new InvalidOperationException($"{data.GetType().Name} is no event of a ticket.")
    };

    private bool HasLabel(int step) => Rejections.Any(r =>
        r.Label is not null && !r.Removed && (r.Step == step || r.During == step));

    private ImmutableList<Rejection> Change(Guid? eventId, Func<Rejection, Rejection> change) =>
        [.. Rejections.Select(r => eventId is null || r.EventId == eventId ? change(r) : r)];

    // Entering a rejection status is a rejection event of its own; one without a label.
    private static ImmutableList<Rejection> Entry(
        ImmutableList<Rejection> rejections, Guid eventId, string status, int step) =>
        RejectionWords.In(status) ? rejections.Add(new Rejection(eventId, null, step, null, null)) : rejections;
}

/// <summary>Who filed an intake ticket, and what about; empty texts once erased.</summary>
internal sealed record Requestor(string Name, string Email, string Department, string Description);

/// <summary>A rejection event of a ticket.</summary>
/// <param name="EventId">The stored event.</param>
/// <param name="Label">Its label, or null for an entry into a rejection status.</param>
/// <param name="Step">The step it happened in.</param>
/// <param name="During">A label put on while the ticket was in a rejection status: the step it got there.</param>
/// <param name="OccurredAt">When, or null for an entry.</param>
/// <param name="Excused">It is excused now.</param>
/// <param name="WasExcused">It has been excused at some time.</param>
/// <param name="Removed">The source took the label off again.</param>
internal sealed record Rejection(
    Guid EventId,
    string? Label,
    int Step,
    int? During,
    DateTimeOffset? OccurredAt,
    bool Excused = false,
    bool WasExcused = false,
    bool Removed = false);

/// <summary>An agent's objection to rejection events of a ticket.</summary>
/// <param name="EventId">The stored event that began it.</param>
/// <param name="RejectionEventId">The one rejection event named, or null for all that counted.</param>
/// <param name="AgentId">Whose objection.</param>
/// <param name="By">User name of who disputed.</param>
/// <param name="Covered">The rejection events that it was about when it was raised: not those that came later.</param>
/// <param name="Accepted">Null while nobody has decided.</param>
internal sealed record Dispute(
    Guid EventId, Guid? RejectionEventId, Guid? AgentId, string By, ImmutableList<Guid> Covered, bool? Accepted);
