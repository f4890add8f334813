using System.Net;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests;

/// <summary>
/// A small organisation: agent and colleague in one team, a stranger in another department; a sign-in for every role,
/// over the agent's team or department where the role has one.
/// </summary>
internal sealed record People(
    Guid Agent, Guid Colleague, Guid Stranger, IReadOnlyDictionary<string, Api> ByRole)
{
    public const string Team = "test-team";
    public const string OtherTeam = "test-other-team";
    public const string Department = "test-department";
    public const string OtherDepartment = "test-other-department";

    private static readonly Lazy<Task<People>> Loaded = new(LoadAsync);
    private static readonly Lazy<Task<Guid>> Ticket = new(() => OpenTicketAsync("people", p => p.Agent));
    private static readonly Lazy<Task<Guid>> StrangersTicket = new(() => OpenTicketAsync("strangers", p => p.Stranger));

    public Api Admin => ByRole[Roles.Admin];

    public Api Supervisor => ByRole[Roles.Supervisor];

    public Api Integration => ByRole[Roles.Integration];

    public static Task<People> AllAsync() => Loaded.Value;

    /// <summary>Somebody who signs in with these roles.</summary>
    public static async Task<Api> UserAsync(
        Api admin, string userName, string[] roles, Guid? agentId = null, string[]? teams = null,
        string? department = null)
    {
        var user = new
        {
            userName, password = RunningSystem.Password, displayName = userName, roles, agentId, teams = teams ?? [],
            department
        };
        await admin.PostAsync("/auth/users", user);
        return await Api.SignInAsync(admin.Http, userName, RunningSystem.Password);
    }

    /// <summary>A new agent in a team.</summary>
    public static async Task<Guid> AgentAsync(Api admin, string name, string team, string? email = null)
    {
        await admin.PostAsync("/api/coaching/agents", new { name, email, teamId = team, country = "US" });
        return await admin.AgentAsync(name);
    }

    /// <summary>A ticket of the test agent, open.</summary>
    public static Task<Guid> TicketAsync() => Ticket.Value;

    /// <summary>A ticket of the agent in another team, open.</summary>
    public static Task<Guid> StrangersTicketAsync() => StrangersTicket.Value;

    private static async Task<Guid> OpenTicketAsync(string source, Func<People, Guid> whose)
    {
        var people = await AllAsync();
        var log = new EventLog(source).Add(1, "", new DateTimeOffset(2025, 2, 4, 18, 0, 0, default), "Open");
        await people.Admin.ImportAsync("people.csv", log.Bytes, log.Mapping);
        var found = await people.Admin.GetAsync($"/api/tickets?source={source}&ticketId={source}-1");
        var id = found["items"]![0]!["id"]!.GetValue<Guid>();
        await people.Admin.PostAsync($"/api/tickets/{id}/assign", new { agentId = whose(people) });
        return id;
    }

    private static async Task<People> LoadAsync()
    {
        var system = await SharedSystem.SystemAsync();
        var admin = await Api.AdminAsync(system);
        foreach (var department in (string[])[Department, OtherDepartment])
        {
            await admin.PutAsync($"/api/coaching/departments/{department}", new { name = department });
        }

        await admin.PutAsync($"/api/coaching/teams/{Team}", new { name = Team, departmentId = Department });
        await admin.PutAsync(
            $"/api/coaching/teams/{OtherTeam}", new { name = OtherTeam, departmentId = OtherDepartment });
        var agent = await AgentAsync(admin, "Test Agent", Team, "agent@test.example");
        var colleague = await AgentAsync(admin, "Test Colleague", Team, "colleague@test.example");
        var stranger = await AgentAsync(admin, "Test Stranger", OtherTeam, "stranger@test.example");
        var byRole = new Dictionary<string, Api>
        {
            [Roles.Admin] = admin,
            [Roles.Integration] = await admin.IntegrationAsync("test-integration"),
            [Roles.Agent] = await UserAsync(admin, "test-agent", [Roles.Agent], agent),
            [Roles.TeamLead] = await UserAsync(admin, "test-lead", [Roles.TeamLead], null, [Team]),
            [Roles.Supervisor] = await UserAsync(admin, "test-supervisor", [Roles.Supervisor], null, [Team]),
            [Roles.DepartmentHead] =
                await UserAsync(admin, "test-head", [Roles.DepartmentHead], null, null, Department),
            [Roles.Requestor] = await UserAsync(admin, "test-requestor", [Roles.Requestor])
        };
        // The services' mirrors of the directory follow by a feed.
        var grade = $"/api/scoring/agents/{agent}/grade?month=2025-01";
        await Eventually.Async(async () =>
            (await byRole[Roles.Supervisor].CallAsync(HttpMethod.Get, grade)).StatusCode == HttpStatusCode.OK);
        return new People(agent, colleague, stranger, byRole);
    }
}
