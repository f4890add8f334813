using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Scorecards;

/// <summary>A day that has a log: its entries, and how many were asked for.</summary>
internal sealed record WorkDayCount(DateOnly Date, long Entries, decimal Target);

/// <param name="DailyAvg">As the scorecard has it under the same filters; null without a logged day.</param>
internal sealed record WorkDaysOfAgent(
    Guid AgentId, string Name, decimal? DailyAvg, decimal? Target, long Entries, IReadOnlyList<WorkDayCount> Days);

internal sealed record WorkDays(IReadOnlyList<WorkDaysOfAgent> Agents, long Position, DateTimeOffset AsOf);

/// <summary>
/// <c>GET /api/scoring/work-days</c>: how much each agent logged, day by day; of the filters those that a productivity
/// log knows (month, week, day, assignee, team). Agents who logged nothing are there too.
/// </summary>
internal static class GetWorkDays
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/work-days", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await ReadAsync(views, caller, filters, clock.GetUtcNow(), cancel);
        }).RequireAuthorization(Policies.Oversight).WaitsForTickets();

    private static async Task<WorkDays> ReadAsync(
        ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset now, CancellationToken cancel)
    {
        var policy = GetScorecard.PolicyFor(views, filters, now).Policy;
        var agents = AgentScope.Of(views, caller, filters);
        var records = await RecordsQuery.ReadAsync(views, filters, agents, policy, cancel);
        var days = await DaysAsync(views, filters, agents, policy, cancel);
        var working = caller.Directory.Values.Where(a => a is { Active: true, MergedInto: null }).Select(a => a.AgentId)
            .Where(agent => views.Merges.Kept(agent) == agent && agents.Has(agent));
        return new WorkDays(
            [
                .. working.Concat(days.Select(d => d.Key).Where(agents.Has)).Distinct().Select(agent =>
                    {
                        var record = records.GetValueOrDefault(agent) ?? AgentRecords.None;
                        return new WorkDaysOfAgent(
                            agent, caller.NameOf(agent), record.DailyAvg, record.Target,
                            days[agent].Sum(d => d.Entries),
                            [.. days[agent]]);
                    })
                    .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.AgentId)
            ],
            views.Position, now);
    }

    /// <summary>By kept agent, oldest first; logs of one day under merged records are one day.</summary>
    private static async Task<ILookup<Guid, WorkDayCount>> DaysAsync(
        ViewSnapshot views, Filters filters, AgentScope agents, ScorePolicy policy, CancellationToken cancel)
    {
        var scope = TicketScope.OfDates(filters, agents.Ids(), "agent_id", "date");
        var rows = await views.ReadAsync(
            $"select agent_id, date, entries from work_days {scope.Where} order by date",
            r => (Agent: views.Merges.Kept(r.GetGuid(0)), Date: r.GetFieldValue<DateOnly>(1), Entries: r.GetInt32(2)),
            cancel, scope.Parameters);
        var hired = RecordRows.HiredBy(views.Merges, await views.ReadAsync(
            "select agent_id, hire_month from ramp_plans",
            r => new HireRow(r.GetGuid(0), r.GetFieldValue<DateOnly>(1)), cancel));
        return rows.GroupBy(r => (r.Agent, r.Date)).ToLookup(
            day => day.Key.Agent,
            day => new WorkDayCount(
                day.Key.Date, day.Sum(r => r.Entries),
                policy.TargetOn(
                    day.Key.Date, hired.TryGetValue(day.Key.Agent, out var month) ? month : null)));
    }
}
