using JasperFx.Events.Projections;

namespace JasperFx.Events.Daemon;

/// <summary>Whether this process runs projections: not, always, or when it holds their locks.</summary>
public enum DaemonMode { Disabled, Solo, HotCold, ExternallyManaged }

public enum ShardAction { Updated, Started, Stopped, Paused, Skipped, Faulted, Restarted }

public enum ShardExecutionMode { Continuous, Rebuild, CatchUp }

/// <summary>What happens to an aggregate's document.</summary>
public enum ActionType { Store, Delete, UnDeleteAndStore, Nothing, HardDelete, StoreThenSoftDelete }

/// <summary>An event was not to be applied.</summary>
public class ApplyEventException(IEvent @event, Exception innerException)
    : Exception($"Failure to apply event #{@event.Sequence} Id({@event.Id})", innerException)
{
    public IEvent Event { get; } = @event;
}

/// <summary>Another process has moved the shard's position.</summary>
public class ProgressionProgressOutOfOrderException : Exception
{
    public ProgressionProgressOutOfOrderException(ShardName progressionOrShardName)
        : base($"Progression '{progressionOrShardName}' is out of order. "
            + "This may happen when multiple processes try to process the projection")
    {
    }

    public ProgressionProgressOutOfOrderException(string projectionName, long expectedFloor, long ceiling)
        : base($"Progression for '{projectionName}' is out of order. Expected floor {expectedFloor} "
            + $"but it had already moved. Attempted ceiling: {ceiling}.")
    {
        ProjectionName = projectionName;
        ExpectedFloor = expectedFloor;
        AttemptedCeiling = ceiling;
    }

    public string? ProjectionName { get; }

    public long ExpectedFloor { get; }

    public long AttemptedCeiling { get; }
}

/// <summary>What the daemon does with events that fail: skip and record them, or pause the shard.</summary>
public class ErrorHandlingOptions
{
    public bool SkipApplyErrors { get; set; }

    public bool SkipUnknownEvents { get; set; }

    public bool SkipSerializationErrors { get; set; }
}

/// <summary>An event that was skipped, as a document.</summary>
public class DeadLetterEvent
{
    public DeadLetterEvent()
    {
    }

    public DeadLetterEvent(IEvent e, ShardName shardName, ApplyEventException ex)
    {
        Id = Guid.CreateVersion7();
        ProjectionName = shardName.Name;
        ShardName = shardName.ShardKey;
        Timestamp = TimeProvider.System.GetUtcNow();
        ExceptionMessage = ex.Message;
        ExceptionType = ex.InnerException!.GetType().Name;
        EventSequence = e.Sequence;
        TenantId = e.TenantId;
    }

    public Guid Id { get; set; }

    public string ProjectionName { get; set; } = null!;

    public string ShardName { get; set; } = null!;

    public DateTimeOffset Timestamp { get; set; }

    public string ExceptionMessage { get; set; } = null!;

    public string ExceptionType { get; set; } = null!;

    public long EventSequence { get; set; }

    public string? TenantId { get; set; }
}

public interface IReadOnlyDaemonSettings
{
    TimeSpan StaleSequenceThreshold { get; }

    TimeSpan SlowPollingTime { get; }

    TimeSpan FastPollingTime { get; }

    TimeSpan HealthCheckPollingTime { get; }

    DaemonMode AsyncMode { get; }
}

/// <summary>How the daemon waits, polls and locks.</summary>
public class DaemonSettings : IReadOnlyDaemonSettings
{
    /// <summary>Added to each shard's advisory lock id.</summary>
    public int DaemonLockId { get; set; } = 4444;

    /// <summary>Milliseconds between attempts to become leader, and between checks that one still is.</summary>
    public int LeadershipPollingTime { get; set; } = 5000;

    /// <summary>How long a missing number is waited for where a writer may have drawn it beforehand.</summary>
    public TimeSpan StaleSequenceThreshold { get; set; } = TimeSpan.FromSeconds(3);

    public TimeSpan SlowPollingTime { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan FastPollingTime { get; set; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan HealthCheckPollingTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a paused shard waits before it is started again.</summary>
    public TimeSpan AgentPauseTime { get; set; } = TimeSpan.FromSeconds(1);

    public DaemonMode AsyncMode { get; set; } = DaemonMode.Disabled;
}
