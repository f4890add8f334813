namespace Performance.Hosting;

public sealed class Crashed_services_come_back
{
    [Fact]
    public async Task At_the_same_address_after_kill_9()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddEcho("echo"));
        var (pid, address) = (await app.PidOfAsync("echo"), app.Application.GetEndpoint("echo"));
        Echoes.Kill(pid);
        await app.ReplacedAsync("echo", pid);
        Assert.NotEqual(pid, await app.PidOfAsync("echo"));
        Assert.Equal(address, app.Application.GetEndpoint("echo"));
    }

    [Fact]
    public async Task But_not_those_that_were_stopped()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddEcho("echo"));
        var pid = await app.PidOfAsync("echo");
        var stopped = await app.Application.ResourceCommands.ExecuteCommandAsync(
            "echo", KnownResourceCommands.StopCommand, app.Stop);
        Assert.True(stopped.Success, stopped.ErrorMessage);
        Assert.True(app.States.TryGetCurrentState("echo", out var state));
        Assert.Equal(KnownResourceStates.Exited, state.Snapshot.State?.Text);
        Assert.False(Echoes.IsAlive(pid));

        await app.Application.ResourceCommands.ExecuteCommandAsync(
            "echo", KnownResourceCommands.StartCommand, app.Stop);
        Assert.NotEqual(pid, await app.PidOfAsync("echo"));
    }

    [Fact]
    public async Task Nor_jobs_however_they_end()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var good = builder.AddJob("good", 0);
            var bad = builder.AddJob("bad", 3);
            builder.AddEcho("after-good").WaitForCompletion(good);
            builder.AddEcho("after-bad").WaitForCompletion(bad);
        });
        await app.HealthyAsync("after-good");
        await app.States.WaitForResourceAsync("after-bad", KnownResourceStates.FailedToStart, app.Stop);
        Assert.True(app.States.TryGetCurrentState("good", out var good));
        Assert.True(app.States.TryGetCurrentState("bad", out var bad));
        Assert.Equal((KnownResourceStates.Finished, 0), (good.Snapshot.State?.Text, good.Snapshot.ExitCode));
        Assert.Equal(3, bad.Snapshot.ExitCode);
    }

    [Fact]
    public async Task Restarting_by_command_gives_a_new_process()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddEcho("echo"));
        var pid = await app.PidOfAsync("echo");
        await app.Application.ResourceCommands.ExecuteCommandAsync(
            "echo", KnownResourceCommands.RestartCommand, app.Stop);
        await app.ReplacedAsync("echo", pid);
        var unknown = await app.Application.ResourceCommands.ExecuteCommandAsync("echo", "resource-fly", app.Stop);
        Assert.False(unknown.Success);
    }
}
