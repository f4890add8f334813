using NodaTime;
using Npgsql;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Overrides;

/// <summary>
/// <c>GET /api/tickets/overrides/rates?month=</c>: of the rejection events that happened in a month, for each
/// supervisor how many are in sight, how many of them they excused, and the rate; all within the asker's own sight.
/// </summary>
internal sealed class ExcuseRates(
    NpgsqlDataSource database, AgentDirectory directory, IConfiguration configuration, TimeProvider clock)
{
    private readonly DateTimeZone zone =
        DateTimeZoneProviders.Tzdb[configuration["Business:Zone"] ?? "America/Los_Angeles"];

    /// <param name="Supervisor">User name.</param>
    /// <param name="Rejections">Rejection events in their sight; null where it is not known.</param>
    /// <param name="Excused">Of these, excused now, and by them.</param>
    /// <param name="Rate">Excused in percent of the rejections; null where there are none.</param>
    internal sealed record Item(string Supervisor, long? Rejections, long Excused, decimal? Rate);

    /// <param name="Rejections">Rejection events in the asker's sight.</param>
    /// <param name="Excused">Of these, excused now, by whomever.</param>
    internal sealed record Answer(
        string Month, IReadOnlyList<Item> Items, int Total, long Rejections, long Excused, decimal? Rate);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/overrides/rates", (
            HttpContext http, string? month, ExcuseRates rates, CancellationToken cancel) =>
            rates.RunAsync(http, month, cancel))
        .RequireAuthorization(Policies.Oversight)
        .WithName("ExcuseRates");

    private async Task<Answer> RunAsync(HttpContext http, string? given, CancellationToken cancel)
    {
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).Date;
        var month = string.IsNullOrEmpty(given)
            ? new LocalDate(today.Year, today.Month, 1)
            : LocalDate.FromDateOnly(Input.Month("month", given));
        var access = new TicketAccess(CurrentUser.From(http.User), await directory.AllAsync(cancel));
        await using var select = database.CreateCommand($"""
            with rejection as (
                select r.event_id, r.excused_by, coalesce(kept.team_id, agent.team_id) as team_id
                from ticket_rejection r
                join ticket_list t on t.ticket_id = r.ticket_id and t.kind = 0
                left join agent_directory agent on agent.agent_id = t.agent_id
                left join agent_directory kept on kept.agent_id = agent.merged_into
                where r.occurred_at >= $1 and r.occurred_at < $2 and {OverrideTables.Standing}
                    and ($3::uuid[] is null or t.agent_id = any ($3) or $4 and t.agent_id is null)),
            sight as (
                select user_name, teams, everything from supervisor_sight where user_name <> $5
                union all select $5, string_to_array($6, ','), $7 where $8
                union all select distinct excused_by, null::text[], null::boolean from rejection
                    where excused_by is not null and excused_by <> $5
                        and excused_by not in (select user_name from supervisor_sight))
            select s.user_name, case when s.teams is not null then count(r.event_id) end,
                case when s.teams is not null then count(r.event_id) filter (where r.excused_by = s.user_name)
                    else (select count(*) from rejection e where e.excused_by = s.user_name) end
            from sight s left join rejection r on s.everything or r.team_id = any (s.teams)
            group by s.user_name, s.teams
            union all
            select null, (select count(*) from rejection), (select count(*) from rejection where excused_by is not null)
            """);
        object?[] values =
        [
            Start(month), Start(month.PlusMonths(1)), access.VisibleAgents(), access.MaySee(null),
            access.User.UserName, SupervisorSight.Teams(access), access.User.IsAdmin,
            access.User.IsSupervisor || access.User.IsAdmin
        ];
        foreach (var value in values)
        {
            select.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        var items = new List<Item>();
        await using var r = await select.ExecuteReaderAsync(cancel);
        while (await r.ReadAsync(cancel))
        {
            long? rejections = r.IsDBNull(1) ? null : r.GetInt64(1);
            items.Add(new Item(
                r.IsDBNull(0) ? "" : r.GetString(0), rejections, r.GetInt64(2), Rate(rejections, r.GetInt64(2))));
        }

        var all = items.Single(i => i.Supervisor.Length == 0);
        Item[] shown =
        [
            .. items.Where(i => i != all && (i.Rejections > 0 || i.Excused > 0 || i.Supervisor == access.User.UserName))
                .OrderByDescending(i => i.Rate).ThenBy(i => i.Supervisor, StringComparer.Ordinal)
        ];
        return new Answer(
            $"{month.Year:D4}-{month.Month:D2}", shown, shown.Length, all.Rejections ?? 0, all.Excused, all.Rate);
    }

    private DateTimeOffset Start(LocalDate date) => zone.AtStartOfDay(date).ToInstant().ToDateTimeOffset();

    private static decimal? Rate(long? rejections, long excused) =>
        rejections > 0 ? 100m * excused / rejections : null;
}
