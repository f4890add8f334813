using System.Collections.Concurrent;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;
using Marten.Internal.Sessions;
using Microsoft.Extensions.Logging;

namespace Marten.Internal.Daemon;

/// <summary>Runs the shards of a store.</summary>
internal sealed class ProjectionDaemon : IProjectionDaemon, IAsyncDisposable
{
    private readonly StoreContext _store;
    private readonly ILogger _logger;
    private readonly HighWater _highWater;
    private readonly ConcurrentDictionary<string, ShardAgent> _agents = [];
    private readonly SemaphoreSlim _changing = new(1, 1);
    private CancellationTokenSource? _stop;
    private Wakeup? _wakeup;
    private Task _polling = Task.CompletedTask;

    public ProjectionDaemon(StoreContext store, ShardStateTracker tracker, ILogger logger)
    {
        _store = store;
        _logger = logger;
        Tracker = tracker;
        _highWater = new HighWater(store, tracker, logger);
    }

    public ShardStateTracker Tracker { get; }

    public bool IsRunning => _stop is not null;

    public long HighWaterMark() => _highWater.Mark;

    public IReadOnlyList<ISubscriptionAgent> CurrentAgents() => [.. _agents.Values];

    public bool HasAnyPaused() => _agents.Values.Any(a => a.Status == AgentStatus.Paused);

    public AgentStatus StatusFor(string shardName)
        => _agents.TryGetValue(shardName, out var agent) ? agent.Status : AgentStatus.Stopped;

    public Task PrepareForRebuildsAsync() => StopAllAsync();

    public async Task StartAllAsync()
    {
        foreach (var shard in Shard.All(_store.Options))
            await StartAsync(shard, CancellationToken.None).ConfigureAwait(false);
    }

    public Task StartAgentAsync(string shardName, CancellationToken token)
        => StartAsync(FindShard(shardName), token);

    public async Task<ISubscriptionAgent> StartAgentAsync(ShardName name, CancellationToken token)
        => await StartAsync(FindShard(name.Identity), token).ConfigureAwait(false);

    public async Task StopAgentAsync(string shardName, Exception? ex = null)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_agents.TryRemove(shardName, out var agent))
                await agent.StopAsync(ex).ConfigureAwait(false);
            if (_agents.IsEmpty)
                await StopPollingAsync().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    public Task StopAgentAsync(ShardName shardName, Exception? ex = null) => StopAgentAsync(shardName.Identity, ex);

    public async Task StopAllAsync()
    {
        await Task.WhenAll(_agents.Keys.Select(name => StopAgentAsync(name))).ConfigureAwait(false);
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            await StopPollingAsync().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        var running = _agents.Keys.ToHashSet();
        await StartAllAsync().ConfigureAwait(false);
        await WaitAsync(cancellation).ConfigureAwait(false);
        foreach (var name in _agents.Keys.Where(n => !running.Contains(n)))
            await StopAgentAsync(name).ConfigureAwait(false);
    }

    public async Task CatchUpAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        await CatchUpAsync(limit.Token).ConfigureAwait(false);
    }

    public async Task WaitForNonStaleData(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException("The projections have not caught up: "
                + string.Join("; ", _agents.Values.Select(a => $"{a.Name.Identity} at {a.Position}")), e);
        }
    }

    public void EjectPausedShard(string shardName)
    {
        if (StatusFor(shardName) == AgentStatus.Paused && _agents.TryRemove(shardName, out var agent))
            _ = agent.StopAsync();
    }

    public async Task WaitForShardToBeRunning(string shardName, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        while (StatusFor(shardName) != AgentStatus.Running)
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{shardName} is not running");
            await Task.Delay(10).ConfigureAwait(false);
        }
    }

    public Task RebuildProjectionAsync<TView>(CancellationToken token) => RebuildProjectionAsync(typeof(TView), token);

    public Task RebuildProjectionAsync<TView>(TimeSpan shardTimeout, CancellationToken token)
        => RebuildProjectionAsync(typeof(TView), shardTimeout, token);

    public Task RebuildProjectionAsync(string projectionName, CancellationToken token)
        => RebuildProjectionAsync(projectionName, TimeSpan.FromMinutes(5), token);

    public Task RebuildProjectionAsync(Type projectionType, CancellationToken token)
        => RebuildProjectionAsync(projectionType, TimeSpan.FromMinutes(5), token);

    public Task RebuildProjectionAsync(Type projectionType, TimeSpan shardTimeout, CancellationToken token)
    {
        var projection = _store.Options.Projections.All.FirstOrDefault(p => p.ImplementationType == projectionType
            || (p is JasperFx.Events.Aggregation.IAggregateProjection a && a.AggregateType == projectionType))
            ?? throw new ArgumentOutOfRangeException(nameof(projectionType),
                $"No projection is, or makes, {projectionType.FullName}");
        return RebuildProjectionAsync(projection.Name, shardTimeout, token);
    }

    public async Task RebuildProjectionAsync(string projectionName, TimeSpan shardTimeout, CancellationToken token)
    {
        var projection = _store.Options.Projections.All.FirstOrDefault(
            p => p.Name.Equals(projectionName, StringComparison.OrdinalIgnoreCase)) as IRunnableProjection
            ?? throw new ArgumentOutOfRangeException(nameof(projectionName),
                $"No registered projection matches the name '{projectionName}'. Available names are "
                + string.Join(", ", _store.Options.Projections.AllProjectionNames()));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(shardTimeout);
        var shard = Shard.Of(projection);
        var wasRunning = _agents.ContainsKey(shard.Name.Identity);
        if (wasRunning)
            await StopAgentAsync(shard.Name.Identity).ConfigureAwait(false);
        try
        {
            await new Rebuild(_store, shard, _highWater, Tracker, _logger).RunAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            throw new TimeoutException($"{shard.Name} was not rebuilt in {shardTimeout}", e);
        }
        finally
        {
            if (wasRunning)
                await StartAsync(shard, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async Task RewindSubscriptionAsync(string subscriptionName, CancellationToken token,
        long? sequenceFloor = 0, DateTimeOffset? timestamp = null)
    {
        var shard = Shard.All(_store.Options).FirstOrDefault(s => s.Subscription?.Name.Equals(subscriptionName,
            StringComparison.OrdinalIgnoreCase) == true)
            ?? throw new ArgumentOutOfRangeException(nameof(subscriptionName),
                $"No registered subscription matches the name '{subscriptionName}'");
        var wasRunning = _agents.ContainsKey(shard.Name.Identity);
        if (wasRunning)
            await StopAgentAsync(shard.Name.Identity).ConfigureAwait(false);
        var floor = timestamp is { } instant
            ? await _store.Store.MartenDatabase.FindEventStoreFloorAtTimeAsync(instant, token).ConfigureAwait(false)
            : sequenceFloor;
        await new Progress(_store).SetAsync(shard.Name, floor ?? 0, token).ConfigureAwait(false);
        if (wasRunning)
            await StartAsync(shard, token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>For tests: reads on now.</summary>
    internal Task PollAsync() => _highWater.PollAsync(CancellationToken.None);

    private Shard FindShard(string name) => Shard.All(_store.Options)
        .FirstOrDefault(s => s.Name.Identity.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"Unknown shard name '{name}'. Options are "
            + string.Join(", ", Shard.All(_store.Options).Select(s => s.Name.Identity)));

    private async Task<ShardAgent> StartAsync(Shard shard, CancellationToken token)
    {
        await _changing.WaitAsync(token).ConfigureAwait(false);
        try
        {
            if (_agents.TryGetValue(shard.Name.Identity, out var known))
                return known;
            StartPolling();
            var agent = new ShardAgent(_store, shard, _highWater, Tracker, _logger);
            await agent.StartAsync(token).ConfigureAwait(false);
            _agents[shard.Name.Identity] = agent;
            return agent;
        }
        finally
        {
            _changing.Release();
        }
    }

    private void StartPolling()
    {
        if (_stop is not null)
            return;
        _stop = new CancellationTokenSource();
        _wakeup = new Wakeup(_store, _logger);
        var (wakeup, token) = (_wakeup, _stop.Token);
        _polling = Task.Run(() => _highWater.RunAsync(wakeup, token), CancellationToken.None);
    }

    private async Task StopPollingAsync()
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _wakeup!.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        (_stop, _wakeup) = (null, null);
        try
        {
            await _highWater.PersistAsync(true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _logger.LogDebug(e, "The high-water mark could not be stored when the daemon was stopped");
        }
    }

    private async Task WaitAsync(CancellationToken token)
    {
        var highest = await _highWater.CatchUpAsync(token).ConfigureAwait(false);
        while (_agents.Values.Any(a => a.Position < highest))
            await Task.Delay(2, token).ConfigureAwait(false);
    }
}
