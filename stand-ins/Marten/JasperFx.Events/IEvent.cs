using System.Diagnostics.CodeAnalysis;

namespace JasperFx.Events;

/// <summary>An event with the metadata it is stored with.</summary>
public interface IEvent
{
    /// <summary>Unique id of the event.</summary>
    Guid Id { get; set; }

    /// <summary>Position in its stream, from 1.</summary>
    long Version { get; set; }

    /// <summary>Position in the whole store; numbers may be missing.</summary>
    long Sequence { get; set; }

    object Data { get; }

    Guid StreamId { get; set; }

    /// <summary>The stream's name where streams are identified by strings.</summary>
    string? StreamKey { get; set; }

    DateTimeOffset Timestamp { get; set; }

    string TenantId { get; set; }

    Type EventType { get; }

    /// <summary>The stored alias.</summary>
    string EventTypeName { get; set; }

    string DotNetTypeName { get; set; }

    string? CausationId { get; set; }

    string? CorrelationId { get; set; }

    Dictionary<string, object>? Headers { get; set; }

    bool IsArchived { get; set; }

    string? AggregateTypeName { get; set; }

    string? UserName { get; set; }

    bool IsSkipped { get; set; }

    void SetHeader(string key, object value);

    object? GetHeader(string key);
}

/// <summary>An event of type <typeparamref name="T"/> with its metadata.</summary>
public interface IEvent<out T> : IEvent where T : notnull
{
    new T Data { get; }
}

/// <summary>The wrapper of an event's data. May be built by hand and appended, with its own id and timestamp.</summary>
public class Event<T>(T data) : IEvent<T> where T : notnull
{
    public T Data { get; set; } = data;

    object IEvent.Data => Data;

    public Type EventType => typeof(T);

    public string EventTypeName { get; set; } = null!;

    public string DotNetTypeName { get; set; } = null!;

    public Guid StreamId { get; set; }

    public string? StreamKey { get; set; }

    public Guid Id { get; set; } = Guid.NewGuid();

    public long Version { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset Timestamp { get; set; }

    public string TenantId { get; set; } = StorageConstants.DefaultTenantId;

    public string? CausationId { get; set; }

    public string? CorrelationId { get; set; }

    public Dictionary<string, object>? Headers { get; set; }

    public bool IsArchived { get; set; }

    public string? AggregateTypeName { get; set; }

    public string? UserName { get; set; }

    public bool IsSkipped { get; set; }

    /// <summary>For events read from the store: their id is known, so none is drawn.</summary>
    internal Event(T data, Guid id)
        : this(data) => Id = id;

    public void SetHeader(string key, object value) => (Headers ??= [])[key] = value;

    public object? GetHeader(string key) => Headers?.GetValueOrDefault(key);

    [SuppressMessage("Usage", "CA2218", Justification = "Equality is by id.")]
    public override bool Equals(object? obj) => obj is Event<T> other && other.GetType() == GetType() && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode();
}

public enum EventNamingStyle { ClassicTypeName, SmarterTypeName, FullTypeName }

public static class Event
{
    public static IEvent<T> For<T>(T data) where T : notnull => new Event<T>(data);

    public static IEvent<T> For<T>(string tenantId, T data) where T : notnull
        => new Event<T>(data) { TenantId = tenantId };

    public static IEvent<T> AsEvent<T>(this T data) where T : notnull => For(data);

    public static IEvent AtTimestamp(this IEvent e, DateTimeOffset timestamp)
    {
        e.Timestamp = timestamp;
        return e;
    }

    public static IEvent WithHeader(this IEvent e, string key, object value)
    {
        e.SetHeader(key, value);
        return e;
    }
}

public static class EventExtensions
{
    /// <summary>A copy of the event's metadata around other data.</summary>
    public static IEvent<T> WithData<T>(this IEvent @event, T eventData) where T : notnull
        => new Event<T>(eventData, @event.Id)
        {
            Sequence = @event.Sequence,
            TenantId = @event.TenantId,
            Version = @event.Version,
            StreamId = @event.StreamId,
            StreamKey = @event.StreamKey,
            Timestamp = @event.Timestamp,
            Headers = @event.Headers,
        };
}
