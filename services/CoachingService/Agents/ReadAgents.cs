using Marten;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary>
/// <c>GET agents</c>: what the caller may see of the directory; <c>GET agents/{id}</c> with its ETag.
/// </summary>
internal static class ReadAgents
{
    internal sealed record View(
        Guid Id, string Name, string? Email, string? TeamId, string? DepartmentId, string? Country, bool Active,
        Guid? MergedInto);

    internal sealed record Page(IReadOnlyList<View> Items, int Total);

    /// <summary>Filters: search (part of the name), teamId, active, and unassigned (without a team).</summary>
    internal sealed record Filter(string? Search, string? TeamId, string? Active, string? Unassigned);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/agents", async (
            [AsParameters] Filter filter, string? page, string? pageSize, HttpContext http, IQuerySession session,
            CancellationToken cancel) =>
        {
            var (skip, take) = Input.Page(page, pageSize, 100);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var found = Select(organisation, CurrentUser.From(http.User), filter);
            return Results.Ok(new Page([.. found.Skip(skip).Take(take)], found.Count));
        }).RequireAuthorization(Policies.Person).Produces<Page>();

        group.MapGet("/agents/{agentId}", async (
            string agentId, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var id = Input.Id("agentId", agentId);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var agent = organisation.Seen(CurrentUser.From(http.User), id);
            await http.TagAsync(session, id, cancel);
            return Results.Ok(Show(organisation, agent));
        }).RequireAuthorization(Policies.Person).Produces<View>();
    }

    public static IReadOnlyList<View> Select(Organisation organisation, CurrentUser user, Filter filter)
    {
        var unassigned = Input.Flag("unassigned", filter.Unassigned);
        bool? active = string.IsNullOrEmpty(filter.Active) ? null : Input.Flag("active", filter.Active);
        var search = Input.OptionalLine("search", filter.Search, 200);
        var team = string.IsNullOrEmpty(filter.TeamId) ? null : Input.Slug("teamId", filter.TeamId);
        return organisation.Agents.Values
            .Where(a => unassigned ? MaySeeUnassigned(organisation, user, a) : organisation.MaySee(user, a.Id))
            .Select(a => Show(organisation, a))
            .Where(a => (team is null || a.TeamId == team)
                && (active is null || a.Active == active)
                && (search is null || a.Name.Contains(search, StringComparison.CurrentCultureIgnoreCase)))
            .OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(a => a.Id)
            .ToList();
    }

    private static View Show(Organisation organisation, Agent agent)
    {
        var merged = organisation.Merges.IsMerged(agent.Id);
        return new View(
            agent.Id, agent.Name, agent.Email, agent.TeamId, organisation.DepartmentOf(agent), agent.Country,
            agent.Active && !merged, merged ? organisation.Merges.Root(agent.Id) : null);
    }

    /// <summary>Supervisors look through records without a team for those that are an agent of theirs.</summary>
    private static bool MaySeeUnassigned(Organisation organisation, CurrentUser user, Agent agent) =>
        (user.IsAdmin || user.IsSupervisor) && organisation.TeamOf(agent.Id) is null
        && !organisation.Merges.IsMerged(agent.Id);
}
