using Npgsql;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>A rejection event in a list.</summary>
internal sealed record RejectionItem(
    Guid EventId,
    string Label,
    bool FromStatus,
    DateTimeOffset At,
    int Round,
    Guid? AgentId,
    bool Excused,
    string? ExcusedBy,
    string? ExcuseReason,
    DateTimeOffset? ExcusedAt);

/// <summary>A ticket in a list, with its rejection events, so that they can be excused from there.</summary>
internal sealed record TicketItem(
    Guid TicketId,
    string Source,
    string ExternalId,
    string? Title,
    string? Type,
    string? State,
    string? Status,
    Guid? AgentId,
    string? AgentName,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ClosedAt,
    decimal? CycleDays,
    DateTimeOffset? HoldSince,
    IReadOnlyList<string> Flags,
    IReadOnlyList<RejectionItem> RejectionEvents)
{
    public int Rejections => RejectionEvents.Count;

    public bool Excused => LastExcuse is not null && RejectionEvents.All(r => r.Excused);

    public string? ExcusedBy => LastExcuse?.ExcusedBy;

    public string? ExcuseReason => LastExcuse?.ExcuseReason;

    public DateTimeOffset? ExcusedAt => LastExcuse?.ExcusedAt;

    private RejectionItem? LastExcuse => RejectionEvents.Where(r => r.Excused).MaxBy(r => r.ExcusedAt);
}

/// <summary>One rejection event with its ticket.</summary>
internal sealed record RejectionEventItem(
    Guid EventId,
    Guid TicketId,
    string Source,
    string ExternalId,
    string? Title,
    string Label,
    bool FromStatus,
    DateTimeOffset At,
    int Round,
    Guid? AgentId,
    string? AgentName,
    bool Excused);

/// <summary>Rows of the facts tables as list items.</summary>
internal static class TicketLists
{
    public const string Columns = """
        f.ticket_id, h.source, h.external_id, h.title, f.type, f.state, f.status, f.agent, f.created_at, f.cycle_us,
        f.hold_since, f.flags
        """;

    public static async Task<List<TicketItem>> ReadAsync(
        ViewSnapshot views, Caller caller, string sql, IEnumerable<object> parameters, CancellationToken cancel)
    {
        var tickets = await views.ReadAsync(sql, r => Ticket(r, views, caller), cancel, parameters);
        var ids = tickets.Where(t => t.Flags.Contains(nameof(TicketFlags.AnyRejection))).Select(t => t.TicketId);
        var rejections = (await views.ReadAsync(
            """
            select ticket_id, event_id, cause, from_status, at, round, agent, excused, excused_by, excuse_reason,
                excused_at
            from rejection_events
            where ticket_id = any($1) order by ticket_id, ordinal
            """,
            r => (Ticket: r.GetGuid(0), Item: new RejectionItem(
                r.GetGuid(1), r.GetString(2), r.GetBoolean(3), In(views, r.GetFieldValue<DateTimeOffset>(4)),
                r.GetInt32(5), Kept(views, r.GetInt32(6)), r.GetBoolean(7), r.IsDBNull(8) ? null : r.GetString(8),
                r.IsDBNull(9) ? null : r.GetString(9),
                r.IsDBNull(10) ? null : In(views, r.GetFieldValue<DateTimeOffset>(10)))), cancel, ids.ToArray()))
            .ToLookup(r => r.Ticket, r => r.Item);
        return [.. tickets.Select(t => t with { RejectionEvents = [.. rejections[t.TicketId]] })];
    }

    public static Guid? Kept(ViewSnapshot views, int number) =>
        ScorecardQuery.KeptAgent(views, number) is var agent && agent == Guid.Empty ? null : agent;

    public static IReadOnlyList<string> Names(TicketFlags flags) =>
    [
        .. Enum.GetValues<TicketFlags>().Where(f => f != TicketFlags.None && (flags & f) != 0)
            .Select(f => f.ToString())
    ];

    /// <summary>With the offset of the business zone, as people there write it.</summary>
    public static DateTimeOffset In(ViewSnapshot views, DateTimeOffset at) => views.Settings.Zone.Local(at);

    private static TicketItem Ticket(NpgsqlDataReader r, ViewSnapshot views, Caller caller)
    {
        var created = r.GetFieldValue<DateTimeOffset>(8);
        var flags = (TicketFlags)r.GetInt32(11);
        var closed = (flags & TicketFlags.Closed) != 0;
        var agent = Kept(views, r.GetInt32(7));
        return new TicketItem(
            r.GetGuid(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3),
            views.Facets.Value(FacetKind.Type, r.GetInt32(4)), views.Facets.Value(FacetKind.State, r.GetInt32(5)),
            views.Facets.Value(FacetKind.Status, r.GetInt32(6)), agent, agent is { } id ? caller.NameOf(id) : null,
            In(views, created), closed ? In(views, created.AddMicroseconds(r.GetInt64(9))) : null,
            closed ? r.GetInt64(9) / 86_400_000_000m : null,
            r.IsDBNull(10) ? null : In(views, r.GetFieldValue<DateTimeOffset>(10)),
            Names(flags), []);
    }
}
