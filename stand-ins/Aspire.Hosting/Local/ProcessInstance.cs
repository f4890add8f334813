using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>One process of a resource: started, watched, restarted when it crashes, stopped.</summary>
internal sealed class ProcessInstance(
    IResource resource, Configurator.Replica replica, ConsoleLog log, ProcessRegistry registry,
    ResourceNotificationService notifications, Func<CancellationToken, Task<ProcessPlan>> prepare, bool restarts)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _command = new(1, 1);
    private CancellationTokenSource? _stop;
    private Task _life = Task.CompletedTask;

    public IResource Resource { get; } = resource;

    public string Id => replica.Id;

    /// <summary>Starts the process unless it lives already.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _command.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_life.IsCompleted)
                return;
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            var token = _stop.Token;
            _life = Task.Run(() => LiveAsync(token), CancellationToken.None);
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Stops the process and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _command.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_stop is not null)
                await _stop.CancelAsync().ConfigureAwait(false);
            await _life.ConfigureAwait(false);
        }
        finally
        {
            _command.Release();
        }
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(250);
        while (!stop.IsCancellationRequested)
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                await PublishAsync(KnownResourceStates.Starting, s => s with
                {
                    ExitCode = null, StartTimeStamp = null, StopTimeStamp = null, IsReady = false,
                    HealthReports = [.. s.HealthReports.Select(r => r with { Status = null })],
                }).ConfigureAwait(false);
                var plan = await prepare(stop).ConfigureAwait(false);
                await RunAsync(plan, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await EndedAsync(KnownResourceStates.Exited, null).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                log.Write($"Could not start: {e.Message}", true, null);
                await EndedAsync(KnownResourceStates.FailedToStart, null).ConfigureAwait(false);
            }

            if (stop.IsCancellationRequested || !restarts)
                return;
            if (TimeProvider.System.GetElapsedTime(started) > Settled)
                pause = TimeSpan.FromMilliseconds(250);
            log.Write($"Starting again in {pause.TotalSeconds:0.##} s.", true, null);
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min((pause * 2).Ticks, LongestPause.Ticks));
        }
    }

    private async Task RunAsync(ProcessPlan plan, CancellationToken stop)
    {
        var helpers = new List<ChildProcess>();
        try
        {
            foreach (var helper in plan.Helpers)
            {
                helpers.Add(Launch(helper));
                for (var i = 0; helper.ReadyPort is { } port && PortAllocator.IsFree(port) && i < 100; i++)
                    await Task.Delay(50, stop).ConfigureAwait(false);
            }

            using var child = Launch(plan.Main);
            await PublishRunningAsync(plan, child.Pid).ConfigureAwait(false);
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = stop.Register(() => stopping.TrySetResult());
            await Task.WhenAny(child.Exit, stopping.Task).ConfigureAwait(false);
            var crashed = child.Exit.IsCompleted && !stop.IsCancellationRequested;
            if (!crashed)
            {
                await PublishAsync(KnownResourceStates.Stopping, s => s).ConfigureAwait(false);
                if (!await child.StopAsync().ConfigureAwait(false))
                    log.Write("Did not end in time and was killed.", true, null);
            }

            child.KillGroup();
            registry.Remove(child.Pid);
            var code = await child.Exit.ConfigureAwait(false);
            if (crashed)
                log.Write($"Ended by itself with exit code {code}.", code != 0, null);
            await EndedAsync(crashed && code == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited, code)
                .ConfigureAwait(false);
        }
        finally
        {
            foreach (var helper in helpers)
            {
                await helper.StopAsync().ConfigureAwait(false);
                registry.Remove(helper.Pid);
                helper.Dispose();
            }
        }
    }

    private ChildProcess Launch(LaunchSpec spec)
    {
        var child = ChildProcess.Start(spec, (line, isError) => log.Write(line, isError, Id));
        registry.Add(child.Pid, spec.StopSignal);
        return child;
    }

    private Task PublishRunningAsync(ProcessPlan plan, int pid) => PublishAsync(KnownResourceStates.Running, s => s with
    {
        StartTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
        Properties =
        [
            new("executable.pid", pid), new("executable.path", plan.Main.Program),
            new("executable.workDir", plan.Main.Folder),
            new("executable.args", plan.Main.Args.ToImmutableArray()) { IsSensitive = true },
            .. plan.Properties,
        ],
        EnvironmentVariables =
        [
            .. plan.Main.Environment.OrderBy(v => v.Key, StringComparer.Ordinal)
                .Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, true)),
        ],
    });

    private Task EndedAsync(string state, int? code) => PublishAsync(state, s => s with
    {
        ExitCode = code, StopTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime, IsReady = false,
        Properties = [.. s.Properties.Where(p => p.Name != "executable.pid")],
    });

    private Task PublishAsync(string state, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(Resource, Id, s => change(s) with { State = state });
}

/// <summary>A start that is prepared.</summary>
internal sealed record ProcessPlan(
    LaunchSpec Main, IReadOnlyList<LaunchSpec> Helpers, ImmutableArray<ResourcePropertySnapshot> Properties);
