using System.Reflection;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;

namespace JasperFx.Events.Aggregation;

/// <summary>
/// Base of projections that fold events into documents: by conventional methods Create, Apply and ShouldDelete, or by
/// overriding one of Evolve, EvolveAsync, DetermineAction and DetermineActionAsync.
/// </summary>
public abstract class JasperFxAggregationProjectionBase<TDoc, TId, TOperations, TQuerySession> : ProjectionBase,
    IAggregateProjection, IProjectionSource<TOperations, TQuerySession>, IRunnableProjection
    where TOperations : TQuerySession, IStorageOperations
    where TDoc : notnull
    where TId : notnull
{
    private readonly AggregateHandlers<TDoc> _handlers;
    private readonly string? _overridden;

    private protected JasperFxAggregationProjectionBase()
    {
        _handlers = new(GetType().Assembly == typeof(IEvent).Assembly ? null : this);
        string[] dispatchers =
            [nameof(DetermineAction), nameof(DetermineActionAsync), nameof(Evolve), nameof(EvolveAsync)];
        _overridden = dispatchers.FirstOrDefault(IsOverridden);
        Name = Marten.Internal.TypeNames.Short(typeof(TDoc));
        Options.DeleteViewTypeOnTeardown<TDoc>();
        RegisterPublishedType(typeof(TDoc));
        if (typeof(TDoc).GetCustomAttribute<ProjectionVersionAttribute>() is { } version)
            Version = version.Version;
    }

    public Type ImplementationType => GetType();

    public Type AggregateType => typeof(TDoc);

    public Type IdentityType => typeof(TId);

    public Type[] AllEventTypes
        => [.. _overridden is null ? _handlers.EventTypes.Concat(IncludedEventTypes).Distinct() : IncludedEventTypes];

    protected bool IsUsingConventionalMethods => _overridden is null;

    internal bool HasConventionalMethods => _handlers.Any;

    public ShardName[] ShardNames() => [new(Name, ShardName.All, Version)];

    /// <summary>Deletes the aggregate on this event.</summary>
    public void DeleteEvent<TEvent>() where TEvent : class => _handlers.DeleteOn(typeof(TEvent));

    /// <summary>The aggregate after all events, and what to do with its document.</summary>
    public virtual (TDoc?, ActionType) DetermineAction(TDoc? snapshot, TId identity, IReadOnlyList<IEvent> events)
        => throw new NotSupportedException("Overridden by projections that use it");

    /// <inheritdoc cref="DetermineAction"/>
    public virtual ValueTask<(TDoc?, ActionType)> DetermineActionAsync(TQuerySession session, TDoc? snapshot,
        TId identity, IIdentitySetter<TDoc, TId> identitySetter, IReadOnlyList<IEvent> events,
        CancellationToken cancellation)
        => throw new NotSupportedException("Overridden by projections that use it");

    /// <summary>The aggregate after one event; null deletes it.</summary>
    public virtual TDoc? Evolve(TDoc? snapshot, TId id, IEvent e)
        => throw new NotSupportedException("Overridden by projections that use it");

    /// <inheritdoc cref="Evolve"/>
    public virtual ValueTask<TDoc?> EvolveAsync(TDoc? snapshot, TId id, TQuerySession session, IEvent e,
        CancellationToken cancellation)
        => throw new NotSupportedException("Overridden by projections that use it");

    /// <summary>Last touch on an aggregate, with the metadata of its last event.</summary>
    public virtual TDoc ApplyMetadata(TDoc snapshot, IEvent lastEvent) => snapshot;

    /// <summary>Events to append in the transaction that stores the aggregate; not called in rebuilds.</summary>
    public virtual ValueTask RaiseSideEffects(TOperations operations, IEventSlice<TDoc> slice)
        => ValueTask.CompletedTask;

    /// <inheritdoc cref="RaiseSideEffects(TOperations,IEventSlice{TDoc})"/>
    public virtual ValueTask RaiseSideEffects(TOperations operations, TId id, IEventSlice<TDoc> slice)
        => RaiseSideEffects(operations, slice);

    /// <summary>Called with a page's slices before they are folded.</summary>
    public virtual Task EnrichEventsAsync(SliceGroup<TDoc, TId> group, TQuerySession querySession,
        CancellationToken cancellation)
        => Task.CompletedTask;

    public override void AssembleAndAssertValidity()
    {
        if (_overridden is not null)
            return;
        if (!_handlers.Any)
        {
            throw new InvalidProjectionException($"{GetType().FullName} has no conventional methods for "
                + $"{typeof(TDoc).FullName}: Create, Apply or ShouldDelete");
        }
        AggregateHandlers<TDoc>.AssertMethodNames(GetType(), "Create", "Apply", "ShouldDelete");
    }

    ProjectionRun IRunnableProjection.Start(Marten.Internal.Sessions.StoreContext store, ShardExecutionMode mode)
        => new AggregationRun<TDoc, TId>(Description(), store, mode);

    IReadOnlyList<Type> IRunnableProjection.EventTypes => AllEventTypes;

    internal Aggregation<TDoc, TId> Description() => new()
    {
        Name = Name,
        Options = Options,
        IsSingleStream = IsSingleStream,
        EventTypes = AllEventTypes,
        SliceAsync = (session, events) => SliceAsync((TQuerySession)session, events),
        FoldAsync = (session, document, id, events, identity, token)
            => FoldAsync((TQuerySession)session, document, id, identity, events, token),
        ApplyMetadata = IsOverridden(nameof(ApplyMetadata)) ? ApplyMetadata : null,
        RaiseSideEffects = SideEffectsOverridden
            ? (operations, id, slice) => RaiseSideEffects((TOperations)operations, id, slice)
            : null,
        Enrich = IsOverridden(nameof(EnrichEventsAsync))
            ? (group, session, token) => EnrichEventsAsync(group, (TQuerySession)session, token)
            : null,
    };

    private protected abstract bool IsSingleStream { get; }

    private protected abstract ValueTask<SliceGroup<TDoc, TId>> SliceAsync(TQuerySession session,
        IReadOnlyList<IEvent> events);

    private bool SideEffectsOverridden => IsOverridden(nameof(RaiseSideEffects));

    private bool IsOverridden(string name) => GetType().GetMethods()
        .Any(m => m.Name == name && m.DeclaringType!.Assembly != typeof(IEvent).Assembly
            && m.GetBaseDefinition().DeclaringType!.Assembly == typeof(IEvent).Assembly);

    private ValueTask<(TDoc?, ActionType)> FoldAsync(TQuerySession session, TDoc? document, TId id,
        IIdentitySetter<TDoc, TId> identity, IReadOnlyList<IEvent> events, CancellationToken token)
    {
        switch (_overridden)
        {
            case nameof(DetermineAction):
                return new(DetermineAction(document, id, events));
            case nameof(DetermineActionAsync):
                return DetermineActionAsync(session, document, id, identity, events, token);
        }
        var existed = document is not null;
        var touched = false;
        for (var i = 0; i < events.Count; i++)
        {
            var @event = events[i];
            try
            {
                if (_overridden == nameof(Evolve))
                {
                    document = Evolve(document, id, @event);
                }
                else
                {
                    var handler = _overridden is null ? _handlers.For(@event) : null;
                    if (handler is null or { IsAsync: true })
                        return FoldRestAsync(session, document, id, events, i, existed, token);
                    document = handler.Run(document, @event, (Marten.IQuerySession)(object)session!);
                }
                touched = true;
            }
            catch (Exception e) when (e is not ApplyEventException && !Transient.Is(e))
            {
                throw new ApplyEventException(@event, e);
            }
        }
        return new(Outcome(document, existed, touched));
    }

    private async ValueTask<(TDoc?, ActionType)> FoldRestAsync(TQuerySession session, TDoc? document, TId id,
        IReadOnlyList<IEvent> events, int from, bool existed, CancellationToken token)
    {
        for (var i = from; i < events.Count; i++)
        {
            var @event = events[i];
            try
            {
                document = _overridden is null
                    ? await _handlers.For(@event)
                        .RunAsync(document, @event, (Marten.IQuerySession)(object)session!, token).ConfigureAwait(false)
                    : await EvolveAsync(document, id, session, @event, token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not ApplyEventException && !Transient.Is(e))
            {
                throw new ApplyEventException(@event, e);
            }
        }
        return Outcome(document, existed, true);
    }

    private static (TDoc?, ActionType) Outcome(TDoc? document, bool existed, bool touched) => document is null
        ? (document, existed ? ActionType.Delete : ActionType.Nothing)
        : (document, touched ? ActionType.Store : ActionType.Nothing);
}
