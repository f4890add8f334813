using System.Text.Json;
using Npgsql;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.WorkLog;

/// <summary>
/// <c>GET /api/worklog/{agentId}/{date}</c>, and <c>GET /api/worklog?from=&amp;to=&amp;agentId=</c> for a range of days
/// of the agents that the asker sees.
/// </summary>
internal sealed class GetWorkDays(NpgsqlDataSource database, AgentDirectory directory)
{
    private const int LongestRange = 400;

    internal sealed record Day(
        Guid AgentId, DateOnly Date, string? Notes, IReadOnlyList<WorkEntry> Entries, long Version);

    internal sealed record Answer(IReadOnlyList<Day> Items, long Total);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/worklog/{agentId}/{date}", (
                string agentId, string date, HttpContext http, GetWorkDays days, CancellationToken cancel) =>
                days.OneAsync(http, Input.Id("agentId", agentId), Input.Date("date", date), cancel))
            .RequireAuthorization(Policies.Person)
            .WithName("GetWorkDay");
        routes.MapGet("/api/worklog", (
                HttpContext http, string? from, string? to, string? agentId, string? page, string? pageSize,
                GetWorkDays days, CancellationToken cancel) =>
                days.RangeAsync(http, from, to, agentId, Input.Page(page, pageSize), cancel))
            .RequireAuthorization(Policies.Person)
            .WithName("ListWorkDays");
    }

    // A day without a log is an empty one, which can be put.
    private async Task<Day> OneAsync(HttpContext http, Guid agentId, DateOnly date, CancellationToken cancel)
    {
        await AccessAsync(http, agentId, cancel);
        var (items, _) = await ReadAsync([agentId], date, date, (0, 1), cancel);
        var day = items.FirstOrDefault() ?? new Day(agentId, date, null, [], 0);
        http.Response.Headers.ETag = RequestHeaders.ETag(day.Version);
        return day;
    }

    private async Task<Answer> RangeAsync(
        HttpContext http, string? from, string? to, string? agentId, (int, int) page, CancellationToken cancel)
    {
        var first = Input.Date("from", from);
        var last = Input.Date("to", to);
        if (last < first || last.DayNumber - first.DayNumber > LongestRange)
        {
            throw new InvalidFieldException("to", $"lies before from, or more than {LongestRange} days after");
        }

        var access = await AccessAsync(http, Input.OptionalId("agentId", agentId), cancel);
        Guid[]? agents = Input.OptionalId("agentId", agentId) is { } one ? [one]
            : access.User.IsAdmin ? null
            : [.. access.Agents.Keys.Append(access.User.AgentId ?? Guid.Empty).Where(id => access.MaySee(id))];
        var (items, total) = await ReadAsync(agents, first, last, page, cancel);
        return new Answer(items, total);
    }

    private async Task<TicketAccess> AccessAsync(HttpContext http, Guid? agentId, CancellationToken cancel)
    {
        var access = new TicketAccess(CurrentUser.From(http.User), await directory.AllAsync(cancel));
        return agentId is null || access.MaySee(agentId)
            ? access
            : throw new ForbiddenException("This agent's log is not yours to see.");
    }

    private async Task<(IReadOnlyList<Day> Items, long Total)> ReadAsync(
        Guid[]? agents, DateOnly from, DateOnly to, (int Skip, int Take) page, CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select agent_id, date, notes, entries, version, count(*) over ()
            from work_day
            where date between $1 and $2 and ($3::uuid[] is null or agent_id = any ($3))
            order by date desc, agent_id offset $4 limit $5
            """);
        foreach (var value in (object?[])[from, to, agents, page.Skip, page.Take])
        {
            select.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        var items = new List<Day>();
        long total = 0;
        await using var r = await select.ExecuteReaderAsync(cancel);
        while (await r.ReadAsync(cancel))
        {
            var entries = JsonSerializer.Deserialize<WorkEntry[]>(r.GetString(3), WorkDayProjection.Json)!;
            items.Add(new Day(
                r.GetGuid(0), r.GetFieldValue<DateOnly>(1), r.IsDBNull(2) ? null : r.GetString(2), entries,
                r.GetInt64(4)));
            total = r.GetInt64(5);
        }

        return (items, total);
    }
}
