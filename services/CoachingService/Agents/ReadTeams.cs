using Marten;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary>
/// <c>GET teams</c>, <c>teams/{teamId}</c>, <c>departments</c>: those that the caller has to do with.
/// </summary>
internal static class ReadTeams
{
    internal sealed record Teams(IReadOnlyList<Team> Items, int Total);

    internal sealed record DepartmentList(IReadOnlyList<Department> Items, int Total);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/teams", async (
            string? page, string? pageSize, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var (skip, take) = Input.Page(page, pageSize, 100);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var found = Visible(organisation, CurrentUser.From(http.User));
            return Results.Ok(new Teams([.. found.Skip(skip).Take(take)], found.Count));
        }).RequireAuthorization(Policies.Person).Produces<Teams>();

        group.MapGet("/teams/{teamId}", async (
            string teamId, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var organisation = await Organisation.LoadAsync(session, cancel);
            var team = organisation.MaySeeTeam(CurrentUser.From(http.User), Input.Slug("teamId", teamId))
                ? organisation.Team(teamId)
                : throw new ForbiddenException("You have nothing to do with this team.");
            await http.TagAsync(session, StreamIds.Team(teamId), cancel);
            return Results.Ok(team);
        }).RequireAuthorization(Policies.Person).Produces<Team>();

        group.MapGet("/departments", async (
            string? page, string? pageSize, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var (skip, take) = Input.Page(page, pageSize, 100);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var found = VisibleDepartments(organisation, CurrentUser.From(http.User));
            return Results.Ok(new DepartmentList([.. found.Skip(skip).Take(take)], found.Count));
        }).RequireAuthorization(Policies.Person).Produces<DepartmentList>();
    }

    public static IReadOnlyList<Team> Visible(Organisation organisation, CurrentUser user) =>
        organisation.Teams.Values.Where(t => organisation.MaySeeTeam(user, t.Id))
            .OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(t => t.Id, StringComparer.Ordinal)
            .ToList();

    public static IReadOnlyList<Department> VisibleDepartments(Organisation organisation, CurrentUser user)
    {
        var ofTeams = Visible(organisation, user).Select(t => t.DepartmentId).ToHashSet();
        return organisation.Departments.Values
            .Where(d => user.IsAdmin || ofTeams.Contains(d.Id) || (user.IsDepartmentHead && user.Department == d.Id))
            .OrderBy(d => d.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(d => d.Id, StringComparer.Ordinal)
            .ToList();
    }
}
