namespace Performance.Hosting;

public sealed class Stopping_goes_in_order
{
    [Fact]
    public async Task Whoever_waits_for_another_stops_before_it_and_nothing_stays()
    {
        var app = await TestApp.StartAsync(builder =>
        {
            var last = builder.AddEcho("last");
            var middle = builder.AddEcho("middle").WaitFor(last);
            builder.AddEcho("first").WaitFor(middle);
        });
        string[] names = ["first", "middle", "last"];
        var pids = new List<int>();
        foreach (var name in names)
            pids.Add(await app.PidOfAsync(name));
        var changes = new List<(string Name, string? State)>();
        using var watching = new CancellationTokenSource();
        var watch = RecordAsync(app, changes, watching.Token);

        await app.Application.StopAsync(app.Stop);
        await watching.CancelAsync();
        await watch;
        var stops = changes.Where(c => c.State is "Stopping" or "Exited").Distinct().ToList();
        Assert.Equal(
            [("first", "Stopping"), ("first", "Exited"), ("middle", "Stopping"), ("middle", "Exited"),
                ("last", "Stopping"), ("last", "Exited")], stops);
        Assert.DoesNotContain(pids, Echoes.IsAlive);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task And_starting_the_other_way_round()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var gate = builder.AddEcho("gate").WithExplicitStart();
            builder.AddEcho("behind").WaitFor(gate);
        });
        await app.States.WaitForResourceAsync("behind", KnownResourceStates.Waiting, app.Stop);
        Assert.True(app.States.TryGetCurrentState("gate", out var gate));
        Assert.Equal(KnownResourceStates.NotStarted, gate.Snapshot.State?.Text);
        await app.Application.ResourceCommands.ExecuteCommandAsync(
            "gate", KnownResourceCommands.StartCommand, app.Stop);
        await app.HealthyAsync("behind");
    }

    private static async Task RecordAsync(
        TestApp app, List<(string, string?)> changes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in app.States.WatchAsync(cancellationToken))
                changes.Add((change.Resource.Name, change.Snapshot.State?.Text));
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }
}
