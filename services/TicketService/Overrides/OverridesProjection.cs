using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace Performance.Tickets.Overrides;

/// <summary>
/// Keeps the tables of rejection events, disputes and overrides in the transaction of the events (ADR 0093). A change
/// goes by the stream's version and never back: the same events once more change nothing.
/// </summary>
internal sealed class OverridesProjection : IProjection
{
    public const string Name = "overrides";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower
    };

    private const string Insert = """
        insert into ticket_rejection (event_id, ticket_id, version, step, label, occurred_at)
        select event_id, ticket_id, version, step, label, occurred_at from jsonb_to_recordset(?::jsonb) as r(
            event_id uuid, ticket_id uuid, version bigint, step int, label text, occurred_at timestamptz)
        on conflict (event_id) do nothing
        """;

    private const string Leave = """
        update ticket_rejection set left_version = ?
        where ticket_id = ? and version < ? and label is null and left_version is null
        """;

    private const string Excuse = """
        update ticket_rejection set excused_by = ?, excuse_version = ?
        where ticket_id = ? and version < ? and excuse_version < ? and excused_by is null
        """;

    private const string Withdraw = """
        update ticket_rejection set excused_by = null, excuse_version = ?
        where ticket_id = ? and version < ? and excuse_version < ?
        """;

    private const string One = " and event_id = ?";

    private const string Raise = """
        insert into ticket_dispute (dispute_id, ticket_id, version, rejection_id, raised_by, raised_at)
        values (?, ?, ?, ?, ?, ?) on conflict (dispute_id) do nothing
        """;

    private const string Decided = """
        update ticket_dispute set accepted = ?, decided_by = ?, decided_at = ?, decided_version = ?
        where dispute_id = ?
        """;

    private const string Override = """
        insert into ticket_override (event_id, ticket_id, version, action, rejection_id, done_by, done_at)
        values (?, ?, ?, ?, ?, ?, ?) on conflict (event_id) do nothing
        """;

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancel)
    {
        var rejections = events.Select(Rejection).OfType<RejectionRow>().ToArray();
        if (rejections.Length > 0)
        {
            operations.QueueSqlCommand(Insert, JsonSerializer.Serialize(rejections, Json));
        }

        foreach (var e in events)
        {
            Change(operations, e);
        }

        return Task.CompletedTask;
    }

    /// <summary>The rejection event that an event is, entries into a rejection status among them.</summary>
    private static RejectionRow? Rejection(IEvent e) => e.Data switch
    {
        RejectionRecorded d => new RejectionRow(e.Id, e.StreamId, e.Version, d.Step, d.Label, d.OccurredAt),
        TicketImported d when RejectionWords.In(d.Status) =>
            new RejectionRow(e.Id, e.StreamId, e.Version, d.Step, null, d.StatusAt),
        TicketStatusChanged d when RejectionWords.In(d.To) && !RejectionWords.In(d.From) =>
            new RejectionRow(e.Id, e.StreamId, e.Version, d.Step, null, d.OccurredAt),
        _ => null
    };

    private static void Change(IDocumentOperations to, IEvent e)
    {
        var (ticket, version) = (e.StreamId, e.Version);
        switch (e.Data)
        {
            case TicketStatusChanged d when RejectionWords.In(d.From) && !RejectionWords.In(d.To):
                to.QueueSqlCommand(Leave, version, ticket, version);
                break;
            case RejectionLabelRemoved d:
                to.QueueSqlCommand("update ticket_rejection set removed = true where event_id = ?", d.RejectionEventId);
                break;
            case RejectionsExcused d:
                Queue(to, Excuse, d.RejectionEventId, d.By, version, ticket, version, version);
                if (d.DisputeEventId is null)
                {
                    to.QueueSqlCommand(
                        Override, e.Id, ticket, version, OverrideActions.Excused, d.RejectionEventId!, d.By,
                        d.OccurredAt);
                }

                break;
            case ExcuseWithdrawn d:
                Queue(to, Withdraw, d.RejectionEventId, version, ticket, version, version);
                to.QueueSqlCommand(
                    Override, e.Id, ticket, version, OverrideActions.Withdrawn, d.RejectionEventId!, d.By,
                    d.OccurredAt);
                break;
            case RejectionDisputed d:
                to.QueueSqlCommand(Raise, e.Id, ticket, version, d.RejectionEventId!, d.By, d.OccurredAt);
                break;
            case DisputeDecided d:
                to.QueueSqlCommand(Decided, d.Accepted, d.By, d.OccurredAt, version, d.DisputeEventId);
                to.QueueSqlCommand(
                    Override, e.Id, ticket, version, OverrideActions.Of(d.Accepted), d.RejectionEventId!, d.By,
                    d.OccurredAt);
                break;
        }
    }

    private static void Queue(IDocumentOperations to, string sql, Guid? rejection, params object[] values)
    {
        if (rejection is { } one)
        {
            to.QueueSqlCommand(sql + One, [.. values, one]);
        }
        else
        {
            to.QueueSqlCommand(sql, values);
        }
    }

    private sealed record RejectionRow(
        Guid EventId, Guid TicketId, long Version, int Step, string? Label, DateTimeOffset OccurredAt);
}

/// <summary>What an override was, as the API says it.</summary>
internal static class OverrideActions
{
    public const string Excused = "excused";
    public const string Withdrawn = "withdrawn";

    public static string Of(bool accepted) => accepted ? "disputeAccepted" : "disputeDeclined";
}
