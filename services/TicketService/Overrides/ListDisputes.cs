using Npgsql;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Overrides;

/// <summary>
/// <c>GET /api/tickets/disputes?state=open|decided&amp;page&amp;pageSize</c>: an agent's own, those of a supervisor's
/// teams; open ones the oldest first, decided ones the latest first.
/// </summary>
internal sealed class ListDisputes(NpgsqlDataSource database, AgentDirectory directory, TimeProvider clock)
{
    /// <param name="Id">The ticket.</param>
    /// <param name="TicketId">Its id at the source.</param>
    /// <param name="EventId">The one rejection event disputed; null: all that counted then.</param>
    /// <param name="Labels">Labels of what is disputed; none for an entry into a rejection status.</param>
    /// <param name="AgeHours">From the dispute to its end, or to now.</param>
    /// <param name="MayDecide">The asker may, and it is open.</param>
    internal sealed record Item(
        Guid DisputeId,
        Guid Id,
        string TicketId,
        string? Title,
        Guid? AgentId,
        string? Agent,
        Guid? EventId,
        IReadOnlyList<string> Labels,
        string Reason,
        string By,
        DateTimeOffset RaisedAt,
        decimal AgeHours,
        bool? Accepted,
        string? DecidedBy,
        DateTimeOffset? DecidedAt,
        string? DecisionReason,
        bool MayDecide);

    internal sealed record Answer(IReadOnlyList<Item> Items, long Total);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/disputes", (
            HttpContext http, string? state, string? page, string? pageSize, ListDisputes list,
            CancellationToken cancel) => list.RunAsync(http, State(state), Input.Page(page, pageSize), cancel))
        .RequireAuthorization(Policies.Person)
        .WithName("ListDisputes");

    private static bool State(string? state) => state switch
    {
        null or "" or "open" => true,
        "decided" => false,
        _ => throw new InvalidFieldException("state", "is neither open nor decided")
    };

    private async Task<Answer> RunAsync(
        HttpContext http, bool open, (int Skip, int Take) page, CancellationToken cancel)
    {
        var access = new TicketAccess(CurrentUser.From(http.User), await directory.AllAsync(cancel));
        await using var select = database.CreateCommand($"""
            with found as (
                select d.*, t.external_id, t.title, t.agent_id from ticket_dispute d
                join ticket_list t on t.ticket_id = d.ticket_id
                where (d.accepted is null) = $1
                    and ($2::uuid[] is null or t.agent_id = any ($2) or $3 and t.agent_id is null))
            select d.dispute_id, d.ticket_id, d.external_id, d.title, d.agent_id, d.rejection_id,
                array(select distinct r.label from ticket_rejection r
                    where r.ticket_id = d.ticket_id and r.label is not null and r.version < d.version
                        and (r.event_id = d.rejection_id or d.rejection_id is null and {OverrideTables.Standing})
                    order by r.label),
                raised.data ->> 'Reason', d.raised_by, d.raised_at, d.accepted, d.decided_by, d.decided_at,
                decided.data ->> 'Reason', (select count(*) from found)
            from found d
            join mt_events raised on raised.stream_id = d.ticket_id and raised.version = d.version
            left join mt_events decided on decided.stream_id = d.ticket_id and decided.version = d.decided_version
            order by {(open ? "d.raised_at" : "d.decided_at desc")}, d.dispute_id
            offset $4 limit $5
            """);
        foreach (var value in (object?[])[open, access.VisibleAgents(), access.MaySee(null), page.Skip, page.Take])
        {
            select.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        var items = new List<Item>();
        long total = 0;
        var now = clock.GetUtcNow();
        await using var r = await select.ExecuteReaderAsync(cancel);
        while (await r.ReadAsync(cancel))
        {
            items.Add(Read(r, access, now));
            total = r.GetInt64(14);
        }

        return new Answer(items, total);
    }

    private static Item Read(NpgsqlDataReader r, TicketAccess access, DateTimeOffset now)
    {
        var agent = access.Resolve(r.IsDBNull(4) ? null : r.GetGuid(4));
        var raisedAt = r.GetFieldValue<DateTimeOffset>(9);
        DateTimeOffset? decidedAt = r.IsDBNull(12) ? null : r.GetFieldValue<DateTimeOffset>(12);
        var by = r.GetString(8);
        return new Item(
            r.GetGuid(0), r.GetGuid(1), r.GetString(2), Text(r, 3), agent,
            agent is { } id ? access.Agents.GetValueOrDefault(id)?.Name : null, r.IsDBNull(5) ? null : r.GetGuid(5),
            r.GetFieldValue<string[]>(6), Text(r, 7) ?? "", by, raisedAt,
            decimal.Round((decimal)((decidedAt ?? now) - raisedAt).TotalHours, 1),
            r.IsDBNull(10) ? null : r.GetBoolean(10), Text(r, 11), decidedAt, Text(r, 13),
            decidedAt is null && access.MayDecide(agent) && by != access.User.UserName);
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
