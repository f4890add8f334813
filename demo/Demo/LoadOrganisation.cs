using System.Text.Json.Nodes;

namespace Performance.Demo;

/// <summary>Departments, teams, agents and sign-ins. Putting the same again changes nothing.</summary>
internal sealed class LoadOrganisation(DemoSettings settings, TimeProvider clock)
{
    public async Task TeamsAsync(Session admin, CancellationToken cancel)
    {
        foreach (var (id, name) in Organisation.Departments)
        {
            await admin.PutAsync($"api/coaching/departments/{id}", new { name }, cancel);
        }

        foreach (var (id, name, departmentId) in Organisation.Teams)
        {
            await admin.PutAsync($"api/coaching/teams/{id}", new { name, departmentId }, cancel);
        }
    }

    /// <summary>Puts the people whom the imports brought into their teams.</summary>
    /// <returns>The agent id of each name.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> AgentsAsync(Session admin, CancellationToken cancel)
    {
        var people = Organisation.Reps.Select(rep => (rep.Name, rep.Team, Email: Organisation.Email(rep.UserName)))
            .Concat(Organisation.Resolvers.Select(resolver =>
                (Name: resolver.Key, Team: resolver.Value,
                    Email: Organisation.Email(resolver.Key.Replace(' ', '-').ToLowerInvariant()))))
            .ToList();
        var ids = await DirectoryAsync(admin, people.ConvertAll(person => person.Name), cancel);
        foreach (var (name, teamId, email) in people)
        {
            await admin.PutAsync(
                $"api/coaching/agents/{ids[name]}", new { name, email, teamId, country = "US", active = true }, cancel);
        }

        return ids;
    }

    public async Task UsersAsync(
        Session admin, IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        var teams = Organisation.Teams.Select(team => team.Id).ToArray();
        await UserAsync("supervisor", "Sam Supervisor", ["supervisor"], null, teams, null);
        await UserAsync("lead", "Lena Lead", ["team-lead"], null, ["titles-east"], null);
        await UserAsync("head", "Harper Head", ["department-head"], null, [], "customer-service");
        foreach (var rep in Organisation.Reps)
        {
            await UserAsync(rep.UserName, rep.Name, ["agent"], agents[rep.Name], [], null);
        }

        async Task UserAsync(
            string userName, string displayName, string[] roles, Guid? agentId, string[] teams, string? department)
        {
            var password = settings.DemoPassword;
            try
            {
                await admin.PostAsync(
                    "auth/users", new { userName, password, displayName, roles, agentId, teams, department }, cancel);
            }
            catch (RefusedException e) when (e.Status == System.Net.HttpStatusCode.Conflict)
            {
                await admin.PutAsync(
                    $"auth/users/{userName}", new { password, displayName, roles, agentId, teams, department }, cancel);
            }
        }
    }

    /// <summary>The imports' new assignees reach the directory by a feed: soon, but not at once.</summary>
    private async Task<IReadOnlyDictionary<string, Guid>> DirectoryAsync(
        Session admin, IReadOnlyList<string> names, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (true)
        {
            var known = await KnownAsync(admin, cancel);
            if (names.All(known.ContainsKey))
            {
                return known;
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<Dictionary<string, Guid>> KnownAsync(Session admin, CancellationToken cancel)
    {
        var known = new Dictionary<string, Guid>();
        for (var page = 1; ; page++)
        {
            var answer = await admin.GetAsync($"api/coaching/agents?page={page}&pageSize=200", cancel);
            var items = answer as JsonArray ?? answer!["items"]!.AsArray();
            foreach (var agent in items)
            {
                known.TryAdd(agent!["name"]!.GetValue<string>(), agent["id"]!.GetValue<Guid>());
            }

            if (answer is JsonArray || items.Count < 200)
            {
                return known;
            }
        }
    }
}
