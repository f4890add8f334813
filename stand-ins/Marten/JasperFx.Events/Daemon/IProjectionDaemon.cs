using JasperFx.Events.Projections;
using Microsoft.Extensions.Hosting;

namespace JasperFx.Events.Daemon;

/// <summary>Runs the asynchronous projections and subscriptions of one database.</summary>
public interface IProjectionDaemon : IDisposable
{
    ShardStateTracker Tracker { get; }

    bool IsRunning { get; }

    Task PrepareForRebuildsAsync();

    /// <summary>Empties what the projection has written and replays all events into it.</summary>
    Task RebuildProjectionAsync(string projectionName, CancellationToken token);

    Task RebuildProjectionAsync<TView>(CancellationToken token);

    Task RebuildProjectionAsync(Type projectionType, CancellationToken token);

    Task RebuildProjectionAsync(Type projectionType, TimeSpan shardTimeout, CancellationToken token);

    Task RebuildProjectionAsync(string projectionName, TimeSpan shardTimeout, CancellationToken token);

    Task RebuildProjectionAsync<TView>(TimeSpan shardTimeout, CancellationToken token);

    Task StartAgentAsync(string shardName, CancellationToken token);

    Task<ISubscriptionAgent> StartAgentAsync(ShardName name, CancellationToken token);

    Task StopAgentAsync(string shardName, Exception? ex = null);

    Task StopAgentAsync(ShardName shardName, Exception? ex = null);

    Task StartAllAsync();

    /// <summary>Runs all shards up to the present, then stops.</summary>
    Task CatchUpAsync(CancellationToken cancellation);

    Task CatchUpAsync(TimeSpan timeout, CancellationToken cancellation);

    Task StopAllAsync();

    /// <exception cref="TimeoutException">Some running shard is still behind the events appended before.</exception>
    Task WaitForNonStaleData(TimeSpan timeout);

    long HighWaterMark();

    AgentStatus StatusFor(string shardName);

    IReadOnlyList<ISubscriptionAgent> CurrentAgents();

    bool HasAnyPaused();

    void EjectPausedShard(string shardName);

    Task WaitForShardToBeRunning(string shardName, TimeSpan timeout);

    /// <summary>Lets a subscription start again behind a sequence number or an instant.</summary>
    Task RewindSubscriptionAsync(string subscriptionName, CancellationToken token, long? sequenceFloor = 0,
        DateTimeOffset? timestamp = null);
}

/// <summary>Starts and stops the daemon with the host.</summary>
public interface IProjectionCoordinator : IHostedService
{
    IProjectionDaemon DaemonForMainDatabase();

    ValueTask<IProjectionDaemon> DaemonForDatabase(string databaseIdentifier);

    ValueTask<IReadOnlyList<IProjectionDaemon>> AllDaemonsAsync();

    Task PauseAsync();

    Task ResumeAsync();
}

/// <summary>What a subscription may tell its runner.</summary>
public interface ISubscriptionController
{
    ShardExecutionMode Mode { get; }

    ErrorHandlingOptions ErrorOptions { get; }

    ShardName Name { get; }

    AsyncOptions Options { get; }

    /// <summary>Reports how far the page has been processed, if not to its end.</summary>
    ValueTask MarkSuccessAsync(long processedCeiling);

    /// <summary>Pauses the subscription at its last position.</summary>
    Task ReportCriticalFailureAsync(Exception ex);

    /// <summary>Pauses the subscription behind <paramref name="lastProcessed"/>.</summary>
    Task ReportCriticalFailureAsync(Exception ex, long lastProcessed);

    /// <summary>Records an event that is skipped.</summary>
    Task RecordDeadLetterEventAsync(IEvent @event, Exception ex);
}

/// <summary>A running shard.</summary>
public interface ISubscriptionAgent : ISubscriptionController
{
    /// <summary>Everything up to this number has been processed and committed.</summary>
    long Position { get; }

    AgentStatus Status { get; }

    long HighWaterMark { get; }

    DateTimeOffset? PausedTime { get; }
}
