using System.Diagnostics.CodeAnalysis;
using JasperFx.Events.Projections;
using Microsoft.Extensions.Logging;

namespace JasperFx.Events.Daemon;

/// <summary>The positions of all shards of a database, to be observed and awaited.</summary>
public class ShardStateTracker(ILogger logger) : IObservable<ShardState>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ShardState> _states = [];
    private IObserver<ShardState>[] _listeners = [];
    private long _highWaterMark;

    public long HighWaterMark => Volatile.Read(ref _highWaterMark);

    public IDisposable Subscribe(IObserver<ShardState> observer)
    {
        lock (_lock)
            _listeners = [.. _listeners, observer];
        return new Subscription(this, observer);
    }

    public ValueTask PublishAsync(ShardState state)
    {
        Publish(state);
        return ValueTask.CompletedTask;
    }

    public ValueTask MarkHighWaterAsync(long sequence) => PublishAsync(new(ShardState.HighWaterMark, sequence));

    public ShardState? CurrentState(string shardName)
    {
        lock (_lock)
            return _states.GetValueOrDefault(shardName);
    }

    public ShardState? CurrentState(ShardName shardName) => CurrentState(shardName.Identity);

    public bool TryGetCurrentState(string shardName, [NotNullWhen(true)] out ShardState? state)
        => (state = CurrentState(shardName)) is not null;

    public IReadOnlyList<ShardState> CurrentStates()
    {
        lock (_lock)
            return [.. _states.Values];
    }

    public Task<ShardState> WaitForShardState(ShardState expected, TimeSpan? timeout = null)
        => WaitForShardState(expected.ShardName, expected.Sequence, timeout);

    public Task<ShardState> WaitForShardState(ShardName name, long sequence, TimeSpan? timeout = null)
        => WaitForShardState(name.Identity, sequence, timeout);

    /// <exception cref="TimeoutException">The shard did not come so far in time (default: a minute).</exception>
    public Task<ShardState> WaitForShardState(string shardName, long sequence, TimeSpan? timeout = null)
        => WaitForShardCondition(s => s.ShardName == shardName && s.Sequence >= sequence,
            $"Shard '{shardName}' is at {sequence}", timeout);

    public Task<ShardState> WaitForHighWaterMark(long sequence, TimeSpan? timeout = null)
        => WaitForShardState(ShardState.HighWaterMark, sequence, timeout);

    /// <exception cref="TimeoutException">No state fulfilled the condition in time (default: a minute).</exception>
    public async Task<ShardState> WaitForShardCondition(Func<ShardState, bool> condition, string description,
        TimeSpan? timeout = null)
    {
        var waiter = new Waiter(condition);
        using var subscription = Subscribe(waiter);
        if (CurrentStates().FirstOrDefault(condition) is { } known)
            return known;
        try
        {
            return await waiter.Task.WaitAsync(timeout ?? TimeSpan.FromMinutes(1)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{description} was not reached in time. Known states: "
                + string.Join("; ", CurrentStates()));
        }
    }

    internal void Publish(ShardState state)
    {
        IObserver<ShardState>[] listeners;
        lock (_lock)
        {
            if (state.ShardName == ShardState.HighWaterMark)
                Volatile.Write(ref _highWaterMark, state.Sequence);
            _states[state.ShardName] = state;
            listeners = _listeners;
        }
        foreach (var listener in listeners)
        {
            try
            {
                listener.OnNext(state);
            }
            catch (Exception e)
            {
                logger.LogError(e, "An observer of shard states failed on {State}", state);
            }
        }
    }

    void IDisposable.Dispose()
    {
        lock (_lock)
            _listeners = [];
        GC.SuppressFinalize(this);
    }

    private sealed class Subscription(ShardStateTracker tracker, IObserver<ShardState> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (tracker._lock)
                tracker._listeners = [.. tracker._listeners.Where(l => l != observer)];
        }
    }

    private sealed class Waiter(Func<ShardState, bool> condition) : IObserver<ShardState>
    {
        private readonly TaskCompletionSource<ShardState> _done =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ShardState> Task => _done.Task;

        public void OnNext(ShardState value)
        {
            if (condition(value))
                _done.TrySetResult(value);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
