using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Scorecards;

/// <summary>The cards above the scorecard: totals of what the caller may see.</summary>
/// <param name="Rejected">Tickets with any rejection event, excused or not.</param>
/// <param name="ErrorDensity">Those in percent of allocated.</param>
internal sealed record Kpis(
    long Allocated,
    long Closed,
    decimal? CloseRate,
    decimal? AvgCycleDays,
    long Rejected,
    decimal? ErrorDensity,
    long RejectedAfterExcuses,
    decimal? ErrorDensityAfterExcuses,
    long OnHold);

internal sealed record Scorecard(
    Kpis Kpis, IReadOnlyList<ScorecardRow> Agents, int PolicyVersion, long Position, DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/scorecard</c>.</summary>
internal static class GetScorecard
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/scorecard", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await ReadAsync(views, caller, filters, clock.GetUtcNow(), cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    public static async Task<Scorecard> ReadAsync(
        ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset now, CancellationToken cancel)
    {
        var policy = PolicyFor(views, filters, now);
        var agents = AgentScope.Of(views, caller, filters);
        var counts = await ScorecardQuery.CountsAsync(views, filters, agents, policy.Policy, cancel);
        var records = await RecordsQuery.ReadAsync(views, filters, agents, policy.Policy, cancel);
        var rows = counts.Keys.Concat(filters.NarrowsTickets ? [] : records.Keys).Distinct()
            .Where(agent => agent != Guid.Empty)
            .Select(agent => ScorecardRow.Of(
                agent, caller.NameOf(agent), counts.GetValueOrDefault(agent) ?? new Counts(),
                records.GetValueOrDefault(agent) ?? AgentRecords.None, policy.Policy))
            .OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.AgentId).ToList();
        if (counts.TryGetValue(Guid.Empty, out var unassigned))
        {
            rows.Add(ScorecardRow.Unassigned(unassigned, policy.Policy));
        }

        return new Scorecard(
            KpisOf(counts.Values.Aggregate(new Counts(), (sum, c) => sum + c)), rows, policy.Version, views.Position,
            now);
    }

    /// <summary>A month is scored with the policy of its last day; any other scope likewise, or with today's.</summary>
    public static PolicyVersion PolicyFor(ViewSnapshot views, Filters filters, DateTimeOffset now) =>
        views.Policies.On(filters.LastDay() ?? views.Settings.Zone.DayOf(now));

    private static Kpis KpisOf(Counts all) => new(
        all.Allocated, all.Closed, Counts.Percent(all.Closed, all.Allocated), all.AvgCycleDays, all.AnyRejection,
        Counts.Percent(all.AnyRejection, all.Allocated), all.Rejected, all.RejectRate, all.OnHold);
}
