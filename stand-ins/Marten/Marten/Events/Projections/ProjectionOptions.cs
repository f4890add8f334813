using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Aggregation;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Internal.Documents;
using Marten.Internal.Projections;
using Marten.Subscriptions;

namespace Marten.Events.Projections;

/// <summary>The projections and subscriptions of a store.</summary>
public class ProjectionOptions : ProjectionGraph<IProjection, IDocumentOperations, IQuerySession>
{
    /// <summary>Told of every commit of the daemon.</summary>
    public readonly List<IChangeListener> AsyncListeners = [];

    private readonly StoreOptions _options;
    private readonly ConcurrentDictionary<Type, object> _aggregators = [];

    internal ProjectionOptions(StoreOptions options) => _options = options;

    public bool UseIdentityMapForAggregates
    {
        get => _options.Events.UseIdentityMapForAggregates;
        set => _options.Events.UseIdentityMapForAggregates = value;
    }

    /// <summary>
    /// Gives up on a missing number after this time even though a transaction that may hold it is still open.
    /// Never, if null.
    /// </summary>
    public TimeSpan? SkipStaleGapsDespiteLiveTransactionsAfter { get; set; }

    /// <summary>A self-aggregating type that is only folded on demand.</summary>
    public MartenRegistry.DocumentMappingExpression<T> LiveStreamAggregation<T>(
        Action<AsyncOptions>? asyncConfiguration = null)
        => AddSelfAggregate<T>(ProjectionLifecycle.Live, null, asyncConfiguration);

    /// <summary>A self-aggregating type whose state is stored, with the append or behind it.</summary>
    public MartenRegistry.DocumentMappingExpression<T> Snapshot<T>(SnapshotLifecycle lifecycle,
        Action<AsyncOptions>? asyncConfiguration = null)
        => AddSelfAggregate<T>(Map(lifecycle), null, asyncConfiguration);

    /// <inheritdoc cref="Snapshot{T}(SnapshotLifecycle,Action{AsyncOptions})"/>
    public MartenRegistry.DocumentMappingExpression<T> Snapshot<T>(SnapshotLifecycle lifecycle,
        Action<ProjectionBase> configureProjection, Action<AsyncOptions>? asyncConfiguration = null)
        => AddSelfAggregate<T>(Map(lifecycle), configureProjection, asyncConfiguration);

    public void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null)
    {
        var source = subscription as SubscriptionBase ?? new SubscriptionWrapper(subscription);
        configure?.Invoke(source);
        Subscriptions.Add(source);
    }

    internal IEnumerable<IRunnableProjection> Runnable(ProjectionLifecycle lifecycle)
        => All.OfType<IRunnableProjection>().Where(p => p.Lifecycle == lifecycle);

    internal IEnumerable<Type> AggregateTypes() => All.OfType<IAggregateProjection>().Select(p => p.AggregateType)
        .Concat(_aggregators.Keys);

    /// <summary>Aggregates that are never stored, and so have no table.</summary>
    internal IEnumerable<Type> LiveOnlyAggregates()
    {
        var stored = All.Where(p => p.Lifecycle != ProjectionLifecycle.Live).SelectMany(p => p.PublishedTypes());
        return All.Where(p => p.Lifecycle == ProjectionLifecycle.Live).OfType<IAggregateProjection>()
            .Select(p => p.AggregateType).Concat(_aggregators.Keys).Except(stored);
    }

    /// <summary>Makes the documents of all projections known.</summary>
    internal void MapPublishedTypes()
    {
        foreach (var projection in All.Where(p => p.Lifecycle != ProjectionLifecycle.Live))
        {
            foreach (var type in projection.PublishedTypes())
                _options.MappingFor(type);
            var aggregate = (projection as IAggregateProjection)?.AggregateType
                ?? (projection as ScopedProjection)?.Aggregate;
            if (aggregate is not null)
                _options.MappingFor(aggregate).ProjectedBy(projection.Version);
        }
    }

    /// <exception cref="DuplicateSubscriptionNamesException">A name is used twice.</exception>
    internal void AssertValidity()
    {
        var twice = All.Where(p => p.Lifecycle != ProjectionLifecycle.Live).Select(p => p.Name)
            .Concat(Subscriptions.Select(s => s.Name)).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new DuplicateSubscriptionNamesException($"Duplicate projection or subscription name '{twice.Key}'. "
                + "You can set the 'Name' property on the projection or subscription");
        }
        foreach (var type in All.OfType<IRunnableProjection>().SelectMany(p => p.EventTypes)
            .Concat(Subscriptions.OfType<EventFilterable>().SelectMany(s => s.IncludedEventTypes))
            .Where(t => !t.IsAbstract && !t.IsInterface && !typeof(IEvent).IsAssignableFrom(t)))
        {
            _options.EventGraph.AddEventType(type);
        }
        MapPublishedTypes();
    }

    /// <summary>What folds a stream into a <typeparamref name="T"/>: a projection, or the type itself.</summary>
    internal IAggregator<T> Aggregator<T>() where T : class
        => (IAggregator<T>)_aggregators.GetOrAdd(typeof(T),
            _ => All.OfType<IAggregator<T>>().FirstOrDefault() ?? SelfAggregator<T>());

    private static ProjectionLifecycle Map(SnapshotLifecycle lifecycle) => lifecycle == SnapshotLifecycle.Inline
        ? ProjectionLifecycle.Inline
        : ProjectionLifecycle.Async;

    private IAggregator<T> SelfAggregator<T>() where T : class
    {
        var projection = (ProjectionBase)Self(typeof(T));
        projection.Lifecycle = ProjectionLifecycle.Live;
        projection.AssembleAndAssertValidity();
        return (IAggregator<T>)projection;
    }

    private object Self(Type type)
    {
        var id = DocumentMapping.FindIdMember(type);
        var idType = id is not null ? Internal.TypeNames.MemberType(id)
            : _options.Events.StreamIdentity == StreamIdentity.AsGuid ? typeof(Guid) : typeof(string);
        return Activator.CreateInstance(
            typeof(Aggregation.SingleStreamProjection<,>).MakeGenericType(type, idType))!;
    }

    private MartenRegistry.DocumentMappingExpression<T> AddSelfAggregate<T>(ProjectionLifecycle lifecycle,
        Action<ProjectionBase>? configure, Action<AsyncOptions>? asyncConfiguration)
    {
        var projection = Self(typeof(T));
        configure?.Invoke((ProjectionBase)projection);
        Add((IProjectionSource<IDocumentOperations, IQuerySession>)projection, lifecycle, asyncConfiguration);
        return _options.Schema.For<T>();
    }

    private protected override IProjectionSource<IDocumentOperations, IQuerySession> Wrap(IProjection projection,
        ProjectionLifecycle lifecycle)
        => new ProjectionWrapper(projection, lifecycle);
}
