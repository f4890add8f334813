using Performance.Scoring.Rejections;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Charts;

/// <summary>
/// <c>GET /api/scoring/charts/causes</c>: rejection events by defect category, the five with the most. Behind a bar:
/// <c>scorecard/all/tickets?measure=rejectEvents&amp;label={key}</c>.
/// </summary>
internal static class GetCauses
{
    private const int Top = 5;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/charts/causes", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var events = RejectionScope.Of(views, caller, filters, clock.GetUtcNow());
            var (category, join) = views.Settings.Categories.Sql(events.Scope);
            return await views.ReadAsync(
                $"""
                select {category}, count(*) {events.FromEvents} {join} {events.Scope.Where}
                group by 1 order by count(*) desc, {category} collate "C" limit {Top}
                """, r => new Bar(r.GetString(0), r.GetString(0), r.GetInt64(1)), cancel, events.Scope.Parameters);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();
}
