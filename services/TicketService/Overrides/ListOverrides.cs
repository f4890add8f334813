using Npgsql;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Overrides;

/// <summary>
/// <c>GET /api/tickets/overrides?by=&amp;page&amp;pageSize</c>: the audit trail of excuses, withdrawals and decided
/// disputes about tickets in sight, the newest first. An excuse that came with a dispute's acceptance is that one line.
/// </summary>
internal sealed class ListOverrides(NpgsqlDataSource database, AgentDirectory directory)
{
    private const int LongestName = 200;

    /// <param name="Id">The ticket.</param>
    /// <param name="TicketId">Its id at the source.</param>
    /// <param name="Action">excused, withdrawn, disputeAccepted or disputeDeclined.</param>
    /// <param name="RejectionEventId">The one rejection event; null: all that there were.</param>
    /// <param name="Label">The label of that one, if it has one.</param>
    internal sealed record Item(
        Guid EventId,
        Guid Id,
        string TicketId,
        string? Title,
        Guid? AgentId,
        string? Agent,
        string Action,
        Guid? RejectionEventId,
        string? Label,
        string By,
        string Reason,
        DateTimeOffset OccurredAt);

    internal sealed record Answer(IReadOnlyList<Item> Items, long Total);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/overrides", (
            HttpContext http, string? by, string? page, string? pageSize, ListOverrides list,
            CancellationToken cancel) => list.RunAsync(
                http, Input.OptionalLine("by", by, LongestName), Input.Page(page, pageSize), cancel))
        .RequireAuthorization(Policies.Oversight)
        .WithName("ListOverrides");

    private async Task<Answer> RunAsync(
        HttpContext http, string? by, (int Skip, int Take) page, CancellationToken cancel)
    {
        var access = new TicketAccess(CurrentUser.From(http.User), await directory.AllAsync(cancel));
        await using var select = database.CreateCommand("""
            with found as (
                select o.*, t.external_id, t.title, t.agent_id from ticket_override o
                join ticket_list t on t.ticket_id = o.ticket_id
                where ($1::text is null or o.done_by = $1)
                    and ($2::uuid[] is null or t.agent_id = any ($2) or $3 and t.agent_id is null))
            select o.event_id, o.ticket_id, o.external_id, o.title, o.agent_id, o.action, o.rejection_id, r.label,
                o.done_by, e.data ->> 'Reason', o.done_at, (select count(*) from found)
            from found o
            join mt_events e on e.stream_id = o.ticket_id and e.version = o.version
            left join ticket_rejection r on r.event_id = o.rejection_id
            order by o.done_at desc, o.ticket_id, o.version desc
            offset $4 limit $5
            """);
        foreach (var value in (object?[])[by, access.VisibleAgents(), access.MaySee(null), page.Skip, page.Take])
        {
            select.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        var items = new List<Item>();
        long total = 0;
        await using var r = await select.ExecuteReaderAsync(cancel);
        while (await r.ReadAsync(cancel))
        {
            var agent = access.Resolve(r.IsDBNull(4) ? null : r.GetGuid(4));
            items.Add(new Item(
                r.GetGuid(0), r.GetGuid(1), r.GetString(2), Text(r, 3), agent,
                agent is { } id ? access.Agents.GetValueOrDefault(id)?.Name : null, r.GetString(5),
                r.IsDBNull(6) ? null : r.GetGuid(6), Text(r, 7), r.GetString(8), Text(r, 9) ?? "",
                r.GetFieldValue<DateTimeOffset>(10)));
            total = r.GetInt64(11);
        }

        return new Answer(items, total);
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
