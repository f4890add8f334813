using System.Globalization;

namespace Performance.Hosting;

public sealed class Replicas_share_an_address
{
    [Fact]
    public async Task Connections_go_round_and_past_a_dead_one()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddEcho("echo").WithReplicas(3));
        var ids = new Dictionary<string, int>();
        await app.States.WaitForResourceAsync("echo", e =>
        {
            if (TestApp.Pid(e) is { } pid && e.Snapshot.State?.Text == KnownResourceStates.Running)
                ids[e.ResourceId] = pid;
            return ids.Count == 3;
        }, app.Stop);

        // Each comes up in its own time.
        var seen = new HashSet<int>();
        while (seen.Count < 3)
            seen.Add(await AskAsync(app));
        Assert.Equal(ids.Values.ToHashSet(), seen);

        Echoes.Kill(ids.Values.First());
        await Echoes.GoneAsync(ids.Values.First(), app.Stop);
        for (var i = 0; i < 12; i++)
            Assert.NotEqual(0, await AskAsync(app));
    }

    [Fact]
    public async Task Each_is_told_a_port_and_a_name_of_its_own()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddEcho("echo").WithReplicas(2));
        var environments = new Dictionary<string, Dictionary<string, string>>();
        while (environments.Count < 2)
        {
            var environment = await app.EnvironmentOfAsync("echo");
            environments[environment["ASPNETCORE_URLS"]] = environment;
        }

        Assert.Equal(2, environments.Values.Select(e => e["OTEL_RESOURCE_ATTRIBUTES"]).Distinct().Count());
        Assert.DoesNotContain($"http://localhost:{app.Application.GetEndpoint("echo").Port}", environments.Keys);
    }

    // A client of its own each time, so that each question is a new connection.
    private static async Task<int> AskAsync(TestApp app)
    {
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler) { BaseAddress = app.Application.GetEndpoint("echo") };
        return int.Parse(await client.GetStringAsync("/pid", app.Stop), CultureInfo.InvariantCulture);
    }
}
