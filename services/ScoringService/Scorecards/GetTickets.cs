using Performance.Scoring.AsOf;
using Performance.Scoring.Live;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>
/// <c>GET /api/scoring/scorecard/{agentId|unassigned|all}/tickets</c>: exactly what a number of the scorecard, of a
/// chart or of the rejection analysis counted, under the same filters; the list is as long as the number at the same
/// position. With <c>asOf=</c> what it counted then.
/// </summary>
internal static class GetTickets
{
    public const string Everybody = "all";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/scorecard/{agentId}/tickets", async (
            string agentId, HttpContext http, ViewReader reader, AsOfReader past, AgentDirectory directory,
            TimeProvider clock, CancellationToken cancel) =>
        {
            var query = http.Request.Query;
            var filters = Filters.From(query);
            var measure = Measure.Of(query["measure"]);
            var behind = Behind.From(query, measure);
            var page = Input.Page(query["page"], query["pageSize"]);
            var now = clock.GetUtcNow();
            var asOf = AsOfInstant.From(query, now);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var agents = Agents(agentId, views, caller, filters);
            if (asOf is { } instant)
            {
                var known = new AsOfListing(views, past, caller, filters, behind, page, instant);
                return Results.Ok(await known.ReadAsync(agentId, measure, cancel));
            }

            var policy = GetScorecard.PolicyFor(views, filters, now).Policy;
            var narrowed = behind.By(views.Settings.Categories);
            var list = new Listing(views, caller, filters, agents, narrowed, page);
            return measure switch
            {
                { Name: Measure.CoachingSessions } => Results.Ok(await list.SessionsAsync(cancel)),
                { Name: Measure.RejectEvents } => Results.Ok(await list.RejectionsAsync(policy, cancel)),
                _ => Results.Ok(await list.TicketsAsync(measure, policy, cancel))
            };
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    private static AgentScope Agents(string path, ViewSnapshot views, Caller caller, Filters filters)
    {
        if (path == Everybody)
        {
            return AgentScope.Of(views, caller, filters);
        }

        if (path == Changes.Unassigned)
        {
            return caller.MaySee(null) ? AgentScope.Of(views, (Guid?)null)
                : throw new ForbiddenException("Unassigned tickets are not in your scope.");
        }

        return AgentScope.Of(views, caller.Agent(Input.Id("agentId", path), views));
    }
}
