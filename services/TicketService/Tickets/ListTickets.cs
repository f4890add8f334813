using NodaTime;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>
/// <c>GET /api/tickets?filters&amp;search&amp;source=&amp;ticketId=&amp;page&amp;pageSize</c>: what the asker may see,
/// the latest created first.
/// </summary>
internal sealed class ListTickets(NpgsqlDataSource database, AgentDirectory directory, IConfiguration configuration)
{
    private readonly string zone = configuration["Business:Zone"] ?? "America/Los_Angeles";

    /// <param name="TicketId">Its id at the source.</param>
    internal sealed record Item(
        Guid Id,
        string Source,
        string TicketId,
        TicketKind Kind,
        string? Title,
        string? Type,
        string? State,
        string Status,
        Guid? AgentId,
        DateTimeOffset CreatedAt,
        DateTimeOffset UpdatedAt,
        long Version);

    internal sealed record Answer(IReadOnlyList<Item> Items, long Total);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets", (
            HttpContext http, string? page, string? pageSize, ListTickets list, CancellationToken cancel) =>
            list.RunAsync(http, page, pageSize, cancel))
        .RequireAuthorization(Policies.Person)
        .WithName("ListTickets");

    private async Task<Answer> RunAsync(HttpContext http, string? page, string? pageSize, CancellationToken cancel)
    {
        var (skip, take) = Input.Page(page, pageSize);
        var filters = TicketFilters.Read(http.Request.Query, DateTimeZoneProviders.Tzdb[zone]);
        var access = new TicketAccess(CurrentUser.From(http.User), await directory.AllAsync(cancel));
        var sql = TicketQuery.Where(filters, access, zone, out var values);
        await using var count = Command($"select count(*) from ticket_list t where {sql}", values);
        var total = (long)(await count.ExecuteScalarAsync(cancel))!;
        await using var select = Command(
            $"""
            select ticket_id, source, external_id, kind, title, type, state, status, agent_id, created_at, updated_at,
                   version
            from ticket_list t where {sql}
            order by created_at desc, ticket_id offset {skip} limit {take}
            """, values);
        var items = new List<Item>();
        await using var r = await select.ExecuteReaderAsync(cancel);
        while (await r.ReadAsync(cancel))
        {
            items.Add(new Item(
                r.GetGuid(0), r.GetString(1), r.GetString(2), (TicketKind)r.GetInt16(3), Text(r, 4), Text(r, 5),
                Text(r, 6), r.GetString(7), access.Resolve(r.IsDBNull(8) ? null : r.GetGuid(8)),
                r.GetFieldValue<DateTimeOffset>(9), r.GetFieldValue<DateTimeOffset>(10), r.GetInt64(11)));
        }

        return new Answer(items, total);
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<object> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
