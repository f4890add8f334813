using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JasperFx.Events.Projections;

/// <summary>When a projection runs: with the append, behind it, or only on demand.</summary>
public enum ProjectionLifecycle { Inline, Async, Live }

public enum SnapshotLifecycle { Inline, Async }

/// <summary>The version of an aggregate's projection; a new version is built beside the old one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ProjectionVersionAttribute(uint version) : Attribute
{
    public uint Version { get; } = version;
}

/// <summary>A projection that cannot work as it is written.</summary>
public class InvalidProjectionException : Exception
{
    public InvalidProjectionException(string message)
        : base(message)
    {
    }

    public InvalidProjectionException(string[] messages)
        : base(string.Join(Environment.NewLine, messages))
    {
    }
}

public class DuplicateSubscriptionNamesException(string message) : Exception(message);

/// <summary>A projection of any shape: gets pages of events in order.</summary>
public interface IJasperFxProjection<TOperations>
{
    Task ApplyAsync(TOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation);
}

public interface IEventFilterable
{
    bool IncludeArchivedEvents { get; set; }

    void IncludeType<T>();

    void IncludeType(Type type);

    void FilterIncomingEventsOnStreamType(Type streamType);
}

/// <summary>Which events a projection or subscription is given.</summary>
public class EventFilterable : IEventFilterable
{
    /// <summary>Only these types (and those derived from them); all, if empty.</summary>
    public List<Type> IncludedEventTypes { get; } = [];

    public Type? StreamType { get; set; }

    public bool IncludeArchivedEvents { get; set; }

    public void IncludeType<T>() => IncludedEventTypes.Add(typeof(T));

    public void IncludeType(Type type) => IncludedEventTypes.Add(type);

    public void FilterIncomingEventsOnStreamType(Type streamType) => StreamType = streamType;
}

/// <summary>What all projections have in common.</summary>
public abstract class ProjectionBase : EventFilterable
{
    private readonly List<Type> _publishedTypes = [];

    protected ProjectionBase() => Name = GetType().Name;

    public ILogger? Logger { get; set; } = NullLogger.Instance;

    /// <summary>Batch size, teardown and start of the asynchronous run.</summary>
    public AsyncOptions Options { get; private set; } = new();

    /// <summary>Name of the projection; with the version it names the shard's progress.</summary>
    public string Name { get; set; }

    public uint Version { get; set; } = 1;

    public ProjectionLifecycle Lifecycle { get; set; } = ProjectionLifecycle.Async;

    public virtual void AttachLogger(ILoggerFactory loggerFactory) => Logger = loggerFactory.CreateLogger(GetType());

    public void OverwriteVersion(uint version) => Version = version;

    /// <exception cref="InvalidProjectionException">The projection cannot work.</exception>
    public virtual void AssembleAndAssertValidity()
    {
    }

    public virtual IEnumerable<Type> PublishedTypes() => _publishedTypes.Concat(Options.StorageTypes).Distinct();

    protected void RegisterPublishedType(Type publishedType) => _publishedTypes.Add(publishedType);

    protected void replaceOptions(AsyncOptions sourceOptions) => Options = sourceOptions;
}
