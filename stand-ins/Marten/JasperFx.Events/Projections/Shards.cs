using JasperFx.Events.Daemon;

namespace JasperFx.Events.Projections;

/// <summary>Name of what runs and has a position: <c>Projection:All</c>, or <c>Projection:V2:All</c>.</summary>
public class ShardName
{
    public const string All = "All";

    public ShardName(string name, string shardKey, uint version, string? tenantId)
    {
        Name = name;
        ShardKey = shardKey;
        Version = version;
        TenantId = string.IsNullOrEmpty(tenantId) ? null : tenantId;
        Identity = version > 1 ? $"{name}:V{version}:{shardKey}" : $"{name}:{shardKey}";
        if (TenantId is not null)
            Identity += $":{TenantId}";
        if (name == ShardState.HighWaterMark)
            Identity = ShardState.HighWaterMark;
    }

    public ShardName(string name, string shardKey, uint version)
        : this(name, shardKey, version, null)
    {
    }

    public ShardName(string name)
        : this(name, All, 1, null)
    {
    }

    public string Name { get; }

    public string ShardKey { get; }

    public string? TenantId { get; }

    /// <summary>The name of the row in mt_event_progression.</summary>
    public string Identity { get; }

    public uint Version { get; }

    public override string ToString() => $"{nameof(Identity)}: {Identity}";

    public override bool Equals(object? obj) => obj is ShardName other && other.Identity == Identity;

    public override int GetHashCode() => Identity.GetHashCode();
}

/// <summary>A shard's position at some moment.</summary>
public class ShardState
{
    public const string HighWaterMark = "HighWaterMark";

    public const string AllProjections = "AllProjections";

    public ShardState(string shardName, long sequence)
    {
        ShardName = shardName;
        Sequence = sequence;
        Timestamp = TimeProvider.System.GetUtcNow();
    }

    public ShardState(ShardName shardName, long sequence)
        : this(shardName.Identity, sequence)
    {
    }

    public ShardAction Action { get; set; } = ShardAction.Updated;

    public DateTimeOffset Timestamp { get; }

    public string ShardName { get; }

    public long Sequence { get; }

    public Exception? Exception { get; set; }

    public long PreviousGoodMark { get; set; }

    public override string ToString()
        => $"{nameof(ShardName)}: {ShardName}, {nameof(Sequence)}: {Sequence}, {nameof(Action)}: {Action}";
}

/// <summary>A page of events: all that pass the filter with a number in (floor, ceiling].</summary>
public class EventRange
{
    public EventRange(ShardName name, long floor, long ceiling, ISubscriptionAgent agent)
    {
        ShardName = name;
        SequenceFloor = floor;
        SequenceCeiling = ceiling;
        Agent = agent;
    }

    public EventRange(ISubscriptionAgent agent, long floor, long ceiling)
        : this(agent.Name, floor, ceiling, agent)
    {
    }

    public ShardName ShardName { get; }

    /// <summary>The ceiling of the page before.</summary>
    public long SequenceFloor { get; }

    /// <summary>The next page starts behind it, whatever the filter dropped.</summary>
    public long SequenceCeiling { get; }

    public List<IEvent> Events { get; set; } = [];

    public int Size => Events.Count;

    public ISubscriptionAgent Agent { get; }

    public override string ToString() => $"Event range of '{ShardName}', {SequenceFloor} to {SequenceCeiling}";
}
