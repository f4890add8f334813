using JasperFx.Events.Daemon;
using JasperFx.Events.Subscriptions;

namespace JasperFx.Events.Projections;

/// <summary>The projections and subscriptions of a store, and how the daemon runs them.</summary>
public abstract class ProjectionGraph<TProjection, TOperations, TQuerySession> : DaemonSettings
    where TProjection : IJasperFxProjection<TOperations>
    where TOperations : TQuerySession, IStorageOperations
{
    private protected ProjectionGraph()
    {
    }

    /// <summary>What happens to events that fail; by default they are skipped, and recorded as dead letters.</summary>
    public ErrorHandlingOptions Errors { get; } = new()
    {
        SkipApplyErrors = true,
        SkipSerializationErrors = true,
        SkipUnknownEvents = true,
    };

    /// <summary>What happens to events that fail in a rebuild; by default it stops.</summary>
    public ErrorHandlingOptions RebuildErrors { get; } = new();

    public List<IProjectionSource<TOperations, TQuerySession>> All { get; } = [];

    internal List<ISubscriptionSource<TOperations, TQuerySession>> Subscriptions { get; } = [];

    public bool HasAnyAsyncProjections()
        => Subscriptions.Count > 0 || All.Exists(p => p.Lifecycle == ProjectionLifecycle.Async);

    public void Add(TProjection projection, ProjectionLifecycle lifecycle, string? projectionName = null,
        Action<AsyncOptions>? asyncConfiguration = null)
    {
        if (projection is IProjectionSource<TOperations, TQuerySession> source)
        {
            Add(source, lifecycle, asyncConfiguration);
            return;
        }
        if (lifecycle == ProjectionLifecycle.Live)
        {
            throw new ArgumentOutOfRangeException(nameof(lifecycle),
                $"{nameof(ProjectionLifecycle.Live)} cannot be used for IProjection");
        }
        var wrapper = Wrap(projection, lifecycle);
        if (!string.IsNullOrEmpty(projectionName))
            ((ProjectionBase)wrapper).Name = projectionName;
        asyncConfiguration?.Invoke(wrapper.Options);
        All.Add(wrapper);
    }

    public void Add(IProjectionSource<TOperations, TQuerySession> source, ProjectionLifecycle lifecycle,
        Action<AsyncOptions>? asyncConfiguration = null)
    {
        if (source is ProjectionBase projection)
        {
            projection.AssembleAndAssertValidity();
            projection.Lifecycle = lifecycle;
        }
        asyncConfiguration?.Invoke(source.Options);
        All.Add(source);
    }

    public void Register(IProjectionSource<TOperations, TQuerySession> source, ProjectionLifecycle lifecycle,
        Action<AsyncOptions>? asyncConfiguration = null)
        => Add(source, lifecycle, asyncConfiguration);

    public void Add<TProjectionType>(ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null)
        where TProjectionType : ProjectionBase, IProjectionSource<TOperations, TQuerySession>, new()
        => Add((IProjectionSource<TOperations, TQuerySession>)new TProjectionType(), lifecycle, asyncConfiguration);

    public string[] AllProjectionNames()
        => [.. All.Select(p => $"'{p.Name}'"), .. Subscriptions.Select(s => $"'{s.Name}'")];

    private protected abstract IProjectionSource<TOperations, TQuerySession> Wrap(TProjection projection,
        ProjectionLifecycle lifecycle);
}
