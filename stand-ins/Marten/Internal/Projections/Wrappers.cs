using JasperFx.Events;
using JasperFx.Events.Aggregation;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Events.Projections;
using Marten.Internal.Sessions;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace Marten.Internal.Projections;

/// <summary>An IProjection as a projection with name, version and options.</summary>
internal sealed class ProjectionWrapper : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>,
    IRunnableProjection
{
    private readonly IProjection _projection;

    public ProjectionWrapper(IProjection projection, ProjectionLifecycle lifecycle)
    {
        _projection = projection;
        Lifecycle = lifecycle;
        Name = TypeNames.Full(projection.GetType());
        if (projection is ProjectionBase known)
            (Name, Version) = (known.Name, known.Version);
    }

    public Type ImplementationType => _projection.GetType();

    public IReadOnlyList<Type> EventTypes => IncludedEventTypes;

    public ShardName[] ShardNames() => [new(Name, ShardName.All, Version)];

    public ProjectionRun Start(StoreContext store, ShardExecutionMode mode) => new PageRun(_projection.ApplyAsync);
}

/// <summary>A projection that is made anew, in a scope of its own, for every page.</summary>
internal sealed class ScopedProjection : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>,
    IRunnableProjection
{
    private readonly IServiceProvider _services;
    private readonly Type _type;

    public ScopedProjection(IServiceProvider services, Type type, ProjectionLifecycle lifecycle)
    {
        _services = services;
        _type = type;
        Lifecycle = lifecycle;
        Name = TypeNames.Full(type);
        using var scope = services.CreateScope();
        if (scope.ServiceProvider.GetRequiredService(type) is ProjectionBase known)
        {
            known.AssembleAndAssertValidity();
            (Name, Version, IncludeArchivedEvents, StreamType) =
                (known.Name, known.Version, known.IncludeArchivedEvents, known.StreamType);
            replaceOptions(known.Options);
            IncludedEventTypes.AddRange(known is IRunnableProjection runnable
                ? runnable.EventTypes
                : known.IncludedEventTypes);
            foreach (var published in known.PublishedTypes())
                RegisterPublishedType(published);
            Aggregate = (known as IAggregateProjection)?.AggregateType;
        }
    }

    public Type ImplementationType => _type;

    /// <summary>The document it folds events into, if it is an aggregation.</summary>
    public Type? Aggregate { get; }

    public IReadOnlyList<Type> EventTypes => IncludedEventTypes;

    public ShardName[] ShardNames() => [new(Name, ShardName.All, Version)];

    // In a rebuild too each page is written by itself, as nothing outlives its scope.
    public ProjectionRun Start(StoreContext store, ShardExecutionMode mode)
        => new PageRun((operations, events, token) => ApplyAsync(store, operations, events, token));

    private async Task ApplyAsync(StoreContext store, IDocumentOperations operations, IReadOnlyList<IEvent> events,
        CancellationToken token)
    {
        await using var scope = _services.CreateAsyncScope();
        var projection = scope.ServiceProvider.GetRequiredService(_type);
        if (projection is IProjection page)
        {
            await page.ApplyAsync(operations, events, token).ConfigureAwait(false);
            return;
        }
        using var run = ((IRunnableProjection)projection).Start(store, ShardExecutionMode.Continuous);
        await (Lifecycle == ProjectionLifecycle.Inline
            ? run.ApplyInlineAsync((DocumentSession)operations, events, token)
            : run.ApplyAsync((DocumentSession)operations, events, token)).ConfigureAwait(false);
    }
}

/// <summary>An ISubscription that has neither name nor options of its own.</summary>
internal sealed class SubscriptionWrapper : SubscriptionBase
{
    private readonly ISubscription _subscription;

    public SubscriptionWrapper(ISubscription subscription)
    {
        _subscription = subscription;
        Name = subscription.GetType().Name;
    }

    public override Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller,
        IDocumentOperations operations, CancellationToken cancellationToken)
        => _subscription.ProcessEventsAsync(page, controller, operations, cancellationToken);
}

/// <summary>A subscription that is made anew, in a scope of its own, for every page.</summary>
internal sealed class ScopedSubscription<T> : SubscriptionBase where T : class, ISubscription
{
    private readonly IServiceProvider _services;

    public ScopedSubscription(IServiceProvider services)
    {
        _services = services;
        Name = typeof(T).Name;
        using var scope = services.CreateScope();
        if (scope.ServiceProvider.GetRequiredService<T>() is SubscriptionBase known)
        {
            (Name, Version, Options) = (known.Name, known.Version, known.Options);
            (IncludeArchivedEvents, StreamType) = (known.IncludeArchivedEvents, known.StreamType);
            IncludedEventTypes.AddRange(known.IncludedEventTypes);
        }
    }

    public override async Task<IChangeListener> ProcessEventsAsync(EventRange page,
        ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<T>()
            .ProcessEventsAsync(page, controller, operations, cancellationToken).ConfigureAwait(false);
    }
}

internal static class Registration
{
    public static void AddSource<T>(IServiceCollection services, ProjectionLifecycle lifecycle,
        ServiceLifetime lifetime, Action<ProjectionBase>? configure) where T : class
    {
        if (lifetime == ServiceLifetime.Singleton)
        {
            services.AddSingleton<T>();
            services.ConfigureMarten((provider, options) =>
            {
                var projection = provider.GetRequiredService<T>();
                configure?.Invoke((ProjectionBase)(object)projection);
                options.Projections.Add((IProjectionSource<IDocumentOperations, IQuerySession>)projection, lifecycle);
            });
            return;
        }
        AddScoped<T>(services, lifecycle, configure);
    }

    public static void AddProjection<T>(IServiceCollection services, ProjectionLifecycle lifecycle,
        ServiceLifetime lifetime, Action<ProjectionBase>? configure) where T : class
    {
        if (lifetime == ServiceLifetime.Singleton)
        {
            services.AddSingleton<T>();
            services.ConfigureMarten((provider, options) =>
            {
                var wrapper = new ProjectionWrapper((IProjection)provider.GetRequiredService<T>(), lifecycle);
                configure?.Invoke(wrapper);
                options.Projections.Add((IProjectionSource<IDocumentOperations, IQuerySession>)wrapper, lifecycle);
            });
            return;
        }
        AddScoped<T>(services, lifecycle, configure);
    }

    private static void AddScoped<T>(IServiceCollection services, ProjectionLifecycle lifecycle,
        Action<ProjectionBase>? configure) where T : class
    {
        services.AddScoped<T>();
        services.ConfigureMarten((provider, options) =>
        {
            var wrapper = new ScopedProjection(provider, typeof(T), lifecycle);
            configure?.Invoke(wrapper);
            options.Projections.Add((IProjectionSource<IDocumentOperations, IQuerySession>)wrapper, lifecycle);
        });
    }
}
