using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.Load;

/// <summary>What rows share: a database for the store's rows, one running system for the others.</summary>
internal sealed class LoadContext(LoadSettings settings) : IAsyncDisposable
{
    private RunningSystem? system;
    private Api? admin;

    public LoadSettings Settings => settings;

    /// <summary>The system, started when the first row needs it.</summary>
    public async Task<RunningSystem> SystemAsync() => system ??= settings.Address is { } address
        ? RunningSystem.At(address)
        : await RunningSystem.StartAsync(settings.Configuration);

    public async Task<Api> AdminAsync() => admin ??= await Api.SignInAsync(
        (await SystemAsync()).Gateway, "admin", settings.AdminPassword);

    /// <summary>Reps with a sign-in each, under names of this run.</summary>
    public async Task<IReadOnlyList<(Guid Id, Api Self)>> RepsAsync(string prefix, int count)
    {
        var api = await AdminAsync();
        var run = Guid.NewGuid().ToString("n")[..6];
        var reps = new List<(Guid, Api)>();
        for (var n = 0; n < count; n++)
        {
            var name = $"{prefix}-{run}-{n}";
            await api.PostAsync("/api/coaching/agents", new { name });
            var id = await api.AgentAsync(name);
            await api.PostAsync("/auth/users", new
            {
                userName = name, password = RunningSystem.Password, displayName = name, roles = (string[])["agent"],
                agentId = id, teams = Array.Empty<string>()
            });
            reps.Add((id, await Api.SignInAsync(api.Http, name, RunningSystem.Password)));
        }

        return reps;
    }

    /// <summary>
    /// A database of its own on the server that PERFORMANCE_TEST_POSTGRES names, else on the one of the system that is
    /// started here.
    /// </summary>
    public async Task<TestPostgres> DatabaseAsync()
    {
        if (Environment.GetEnvironmentVariable(TestPostgres.Variable) is null)
        {
            var running = await SystemAsync();
            Environment.SetEnvironmentVariable(
                TestPostgres.Variable, running.ProcessOf("ScoringService")?.Variable("ConnectionStrings__scoring"));
        }

        return await TestPostgres.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }
}
