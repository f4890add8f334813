using JasperFx.Events.Daemon;
using Marten.Internal.Projections;

namespace JasperFx.Events.Projections;

/// <summary>
/// Base of projections that do anything per event: by methods Project (event, operations) and Create or Transform
/// (event, giving a document to store), or by overriding ApplyAsync.
/// </summary>
public abstract class JasperFxEventProjectionBase<TOperations, TQuerySession> : ProjectionBase,
    IProjectionSource<TOperations, TQuerySession>, IJasperFxProjection<TOperations>, IRunnableProjection
    where TOperations : TQuerySession, IStorageOperations
{
    private readonly EventProjectionHandlers _handlers;
    private readonly bool _overridden;

    private protected JasperFxEventProjectionBase()
    {
        _handlers = new(this);
        _overridden = GetType().GetMethods().Any(m => m.Name == nameof(ApplyAsync)
            && m.DeclaringType!.Assembly != typeof(IEvent).Assembly && m.GetParameters() is [_, var e, _]
            && e.ParameterType == typeof(IEvent));
        IncludedEventTypes.AddRange(_handlers.EventTypes);
        foreach (var type in _handlers.PublishedTypes)
            RegisterPublishedType(type);
        Name = Marten.Internal.TypeNames.Full(GetType());
    }

    public Type ImplementationType => GetType();

    /// <summary>Whether a rebuild first deletes the documents that Create and Transform methods make.</summary>
    public bool DeletePublishedTypesOnTeardown { get; set; } = true;

    public ShardName[] ShardNames() => [new(Name, ShardName.All, Version)];

    /// <summary>Called with a page's events before they are projected.</summary>
    public virtual Task EnrichEventsAsync(TQuerySession querySession, IReadOnlyList<IEvent> events,
        CancellationToken cancellation)
        => Task.CompletedTask;

    public virtual ValueTask ApplyAsync(TOperations operations, IEvent e, CancellationToken cancellation)
        => _handlers.ApplyAsync((Marten.IDocumentOperations)operations, e, cancellation);

    public sealed override void AssembleAndAssertValidity()
    {
        if (DeletePublishedTypesOnTeardown)
        {
            foreach (var type in PublishedTypes().Except(Options.StorageTypes).ToArray())
                Options.DeleteViewTypeOnTeardown(type);
        }
        if (_overridden && _handlers.Any)
        {
            throw new InvalidProjectionException("Event projections can be written by either overriding the "
                + "ApplyAsync() method or by using conventional methods, but not both");
        }
        if (_overridden)
            return;
        if (!_handlers.Any)
        {
            throw new InvalidProjectionException($"EventProjection {GetType().FullName} has no valid projection "
                + "operations. Expose methods named 'Project', 'Create', or 'Transform'.");
        }
        AggregateHandlers<object>.AssertMethodNames(GetType(), "Project", "Create", "Transform");
    }

    async Task IJasperFxProjection<TOperations>.ApplyAsync(TOperations operations, IReadOnlyList<IEvent> events,
        CancellationToken cancellation)
    {
        await EnrichEventsAsync(operations, events, cancellation).ConfigureAwait(false);
        foreach (var @event in events)
        {
            try
            {
                await ApplyAsync(operations, @event, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not ApplyEventException && !Transient.Is(e))
            {
                throw new ApplyEventException(@event, e);
            }
        }
    }

    ProjectionRun IRunnableProjection.Start(Marten.Internal.Sessions.StoreContext store, ShardExecutionMode mode)
        => new PageRun((operations, events, token)
            => ((IJasperFxProjection<TOperations>)this).ApplyAsync((TOperations)operations, events, token));

    IReadOnlyList<Type> IRunnableProjection.EventTypes => IncludedEventTypes;
}
