using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.ScorePolicies;

/// <summary>
/// <c>GET /api/scoring/policies/{version}/moves</c>: what a published version moved against the versions before it, by
/// the computation of the what-if, over every month from its effective date on. Later versions do not count.
/// </summary>
internal static class GetPolicyMoves
{
    private static readonly int LastMonth = BusinessZone.MonthNumber(new DateOnly(2199, 12, 1));

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/policies/{version}/moves", async (
            string version, HttpContext http, ViewReader reader, AgentDirectory directory, CancellationToken cancel) =>
        {
            var number = Number(version);
            var page = Input.Page(http.Request.Query["page"], http.Request.Query["pageSize"]);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var after = views.Policies.Before(number + 1);
            if (after.Versions.Count == 0 || after.Versions[^1].Version != number)
            {
                throw new NotFoundException("There is no such version of the score policy.");
            }

            var first = BusinessZone.MonthNumber(after.Versions[^1].EffectiveFrom);
            return await SimulatePolicy.ReadAsync(
                views, caller, after.Before(number), after, first, LastMonth, page, cancel);
        }).RequireAuthorization(Policies.Administration).WaitsForTickets();

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < int.MaxValue
            ? number
            : throw new InvalidFieldException("version", "is not the number of a version");
}
