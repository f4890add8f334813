using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary><c>PUT teams/{teamId}</c>: registers a team, or replaces its record.</summary>
internal static class ChangeTeam
{
    private static readonly string[] RecordKinds = ["Leads", "Cases", "Opportunities"];

    internal sealed record Body(string? Name, string? DepartmentId = null, string? Distributes = null);

    public static IReadOnlyList<object> Decide(Team? present, Team wanted, string by, DateTimeOffset now) =>
        present == wanted ? [] : [new TeamChanged(wanted.Id, wanted.DepartmentId, wanted.Distributes, by, now)];

    public static Team Read(string teamId, Body body) => new()
    {
        Id = Guid.TryParse(teamId, out _)
            ? throw new InvalidFieldException("teamId", "looks like an agent's id")
            : Input.Slug("teamId", teamId),
        Name = Input.Line("name", body.Name, 200),
        DepartmentId = string.IsNullOrEmpty(body.DepartmentId) ? null : Input.Slug("departmentId", body.DepartmentId),
        Distributes = string.IsNullOrEmpty(body.Distributes) ? null
            : RecordKinds.Contains(body.Distributes) ? body.Distributes
            : throw new InvalidFieldException("distributes", "is none of " + string.Join(", ", RecordKinds))
    };

    public static void Map(RouteGroupBuilder group) => group.MapPut("/teams/{teamId}", (
            string teamId, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var wanted = Read(teamId, body);
            var by = CurrentUser.From(http.User).UserName;
            return CommandEndpoint.RunAsync<RegisteredTeam>(
                http, store, EventStoreId.Coaching, StreamIds.Team(teamId), async (_, session, stop) =>
                {
                    if (wanted.DepartmentId is { } department
                        && await session.LoadAsync<Department>(department, stop) is null)
                    {
                        throw new InvalidFieldException("departmentId", "there is no such department");
                    }

                    var events = Decide(await session.LoadAsync<Team>(teamId, stop), wanted, by, clock.GetUtcNow());
                    if (events.Count > 0)
                    {
                        session.Store(wanted);
                    }

                    return events;
                }, cancel);
        }).RequireAuthorization(Policies.Administration);
}

/// <summary>What a command on a team's stream needs to know of it; the rest is in the document.</summary>
internal sealed partial record RegisteredTeam
{
    public Guid Id { get; init; }

    public string TeamId { get; init; } = "";

    public static RegisteredTeam Create(TeamChanged changed) => new() { TeamId = changed.TeamId };

    public RegisteredTeam Apply(TeamChanged changed) => this with { TeamId = changed.TeamId };
}
