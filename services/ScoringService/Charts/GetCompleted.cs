using Performance.Scoring.Scorecards;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Charts;

/// <summary>
/// <c>GET /api/scoring/charts/completed</c>: closed tickets by owner, the ten with the most. Behind a bar:
/// <c>scorecard/{key}/tickets?measure=closed</c>.
/// </summary>
internal static class GetCompleted
{
    private const int Top = 10;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/charts/completed", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var policy = GetScorecard.PolicyFor(views, filters, clock.GetUtcNow()).Policy;
            var counts = await ScorecardQuery.CountsAsync(
                views, filters, AgentScope.Of(views, caller, filters), policy, cancel);
            return counts.Where(c => c.Key != Guid.Empty && c.Value.Closed > 0)
                .Select(c => new Bar(c.Key.ToString(), caller.NameOf(c.Key), c.Value.Closed))
                .OrderByDescending(b => b.Count).ThenBy(b => b.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(b => b.Key, StringComparer.Ordinal).Take(Top).ToList();
        }).RequireAuthorization(Policies.Person).WaitsForTickets();
}
