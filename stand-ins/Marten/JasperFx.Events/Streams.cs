namespace JasperFx.Events;

public enum StreamIdentity { AsGuid, AsString }

public enum StreamActionType { Start, Append }

/// <summary>How events are appended.</summary>
public enum EventAppendMode
{
    /// <summary>Versions and numbers are drawn beforehand, by some writers in a transaction of their own.</summary>
    Rich,

    /// <summary>The database assigns versions, sequence numbers and timestamps.</summary>
    Quick,

    /// <summary>As Quick, with timestamps of the application.</summary>
    QuickWithServerTimestamps
}

/// <summary>What the store knows of a stream.</summary>
public class StreamState
{
    public StreamState()
    {
    }

    public StreamState(Guid id, long version, Type? aggregateType, DateTimeOffset lastTimestamp, DateTimeOffset created)
    {
        (Id, Version, AggregateType, LastTimestamp, Created) = (id, version, aggregateType, lastTimestamp, created);
    }

    public StreamState(string key, long version, Type? aggregateType, DateTimeOffset lastTimestamp,
        DateTimeOffset created)
    {
        (Key, Version, AggregateType, LastTimestamp, Created) = (key, version, aggregateType, lastTimestamp, created);
    }

    public Guid Id { get; set; }

    public string? Key { get; set; }

    public long Version { get; set; }

    public Type? AggregateType { get; set; }

    public DateTimeOffset LastTimestamp { get; set; }

    public DateTimeOffset Created { get; set; }

    public bool IsArchived { get; set; }
}

/// <summary>Events that a session is going to append to one stream.</summary>
public class StreamAction
{
    private readonly List<IEvent> _events = [];

    public StreamAction(Guid stream, StreamActionType actionType) => (Id, ActionType) = (stream, actionType);

    public StreamAction(string stream, StreamActionType actionType) => (Key, ActionType) = (stream, actionType);

    public Guid Id { get; }

    public string? Key { get; }

    public StreamActionType ActionType { get; }

    public Type? AggregateType { get; set; }

    public string? AggregateTypeName { get; internal set; }

    public string TenantId { get; set; } = StorageConstants.DefaultTenantId;

    public IReadOnlyList<IEvent> Events => _events;

    /// <summary>The version the stream must have before the append; null for no check.</summary>
    public long? ExpectedVersionOnServer { get; set; }

    /// <summary>The stream's version after the append, known once it was saved.</summary>
    public long Version { get; set; }

    /// <summary>Check <see cref="ExpectedVersionOnServer"/> even if nothing is appended.</summary>
    public bool AlwaysEnforceConsistency { get; set; }

    public DateTimeOffset? Timestamp { get; internal set; }

    public DateTimeOffset? Created { get; internal set; }

    public StreamAction AddEvents(IReadOnlyList<IEvent> events)
    {
        foreach (var @event in events)
            AddEvent(@event);
        return this;
    }

    public StreamAction AddEvent(IEvent @event)
    {
        if (@event.Id == Guid.Empty)
            @event.Id = Guid.CreateVersion7();
        @event.StreamId = Id;
        @event.StreamKey = Key;
        @event.TenantId = TenantId;
        _events.Add(@event);
        return this;
    }

    /// <summary>The action for further events, once this one was saved.</summary>
    internal StreamAction FastForward()
    {
        if (_events.Count == 0)
            return this;
        return Key is null
            ? new StreamAction(Id, StreamActionType.Append) { ExpectedVersionOnServer = Version }
            : new StreamAction(Key, StreamActionType.Append) { ExpectedVersionOnServer = Version };
    }
}

/// <summary>A stream was started without an event.</summary>
public class EmptyEventStreamException : Exception
{
    public EmptyEventStreamException(string key)
        : base($"A new event stream ('{key}') cannot be started without any events")
    {
    }

    public EmptyEventStreamException(Guid id)
        : base($"A new event stream ('{id}') cannot be started without any events")
    {
    }
}

/// <summary>The stream did not have the expected version.</summary>
public class EventStreamUnexpectedMaxEventIdException : ConcurrencyException
{
    public EventStreamUnexpectedMaxEventIdException(object id, Type? aggregateType, long expected, long actual)
        : base(
            $"Unexpected starting version number for event stream '{id}', expected {expected} but was {actual}",
            aggregateType, id)
        => AggregateType = aggregateType;

    public EventStreamUnexpectedMaxEventIdException(string? message)
        : base(message)
    {
    }

    public Type? AggregateType { get; }
}

/// <summary>A stream fetched for writing: its current aggregate, and the events to append to it.</summary>
public interface IEventStream<out T> where T : notnull
{
    T? Aggregate { get; }

    long? StartingVersion { get; }

    long? CurrentVersion { get; }

    CancellationToken Cancellation { get; }

    Guid Id { get; }

    string? Key { get; }

    /// <summary>The events appended in this session.</summary>
    IReadOnlyList<IEvent> Events { get; }

    bool AlwaysEnforceConsistency { get; set; }

    void AppendOne(object @event);

    void AppendMany(params object[] events);

    void AppendMany(IEnumerable<object> events);

    /// <summary>After a save: makes the stream ready for further events.</summary>
    void TryFastForwardVersion();
}
