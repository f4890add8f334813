using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Publishes the states of resources and lets others wait for one.</summary>
/// <param name="logger">Logs changes of state.</param>
/// <param name="hostApplicationLifetime">Ends waits when the application stops.</param>
/// <param name="serviceProvider">Services of the application.</param>
/// <param name="resourceLoggerService">Console logs.</param>
public class ResourceNotificationService(
    ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime,
    IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService) : IDisposable
{
    private readonly ConcurrentDictionary<(IResource Resource, string Id), ResourceEvent> _current = [];
    private readonly ConcurrentDictionary<Channel<ResourceEvent>, bool> _watchers = [];
    private readonly Lock _gate = new();
    private long _version;

    internal IServiceProvider Services { get; } = serviceProvider;

    internal IReadOnlyList<ResourceEvent> Current => [.. _current.Values];

    /// <summary>Changes the state of a resource.</summary>
    /// <param name="resource">Which.</param>
    /// <param name="stateFactory">Makes the new state of the old.</param>
    /// <returns>When it is published.</returns>
    public Task PublishUpdateAsync(
        IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, IdOf(resource), stateFactory);

    /// <summary>Changes the state of one process of a resource.</summary>
    /// <param name="resource">Which resource.</param>
    /// <param name="resourceId">Which process: the resource's name and a suffix.</param>
    /// <param name="stateFactory">Makes the new state of the old.</param>
    /// <returns>When it is published.</returns>
    public Task PublishUpdateAsync(
        IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_gate)
        {
            _current.TryGetValue((resource, resourceId), out var earlier);
            var before = earlier?.Snapshot ?? Initial(resource);
            var after = stateFactory(before) with { Version = ++_version };
            var change = new ResourceEvent(resource, resourceId, after);
            _current[(resource, resourceId)] = change;
            foreach (var watcher in _watchers.Keys)
                watcher.Writer.TryWrite(change);
            if (before.State?.Text != after.State?.Text)
            {
                logger.LogDebug("Resource {Resource}/{ResourceId} changed state: {Before} -> {After}",
                    resource.Name, resourceId, before.State?.Text ?? "(none)", after.State?.Text);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>All states now and every change after.</summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The changes.</returns>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        List<ResourceEvent> now;
        lock (_gate)
        {
            now = [.. _current.Values];
            _watchers[channel] = true;
        }

        try
        {
            foreach (var state in now)
                yield return state;
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">Which.</param>
    /// <param name="targetState">State; default Running.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is.</returns>
    public Task WaitForResourceAsync(
        string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of some states.</summary>
    /// <param name="resourceName">Which.</param>
    /// <param name="targetStates">States.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state.</returns>
    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.State?.Text is { } s && wanted.Contains(s), cancellationToken)
            .ConfigureAwait(false);
        return found.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource's state is as wanted.</summary>
    /// <param name="resourceName">Which.</param>
    /// <param name="predicate">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state.</returns>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, hostApplicationLifetime.ApplicationStopping);
        await foreach (var change in WatchAsync(either.Token).ConfigureAwait(false))
        {
            if (ResourceName.Same(change.Resource.Name, resourceName) && predicate(change))
                return change;
        }

        throw new OperationCanceledException($"The application stopped before '{resourceName}' was as wanted.");
    }

    /// <summary>Waits until a resource is running, its checks succeed and its ready event was handled.</summary>
    /// <param name="resourceName">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state.</returns>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    /// <summary>Waits until a resource is running, its checks succeed and its ready event was handled.</summary>
    /// <param name="resourceName">Which.</param>
    /// <param name="waitBehavior">Whether to go on when it fails.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state.</returns>
    /// <exception cref="DistributedApplicationException">It failed, and the wait was to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var found = await WaitForResourceAsync(resourceName, e =>
            (e.Snapshot.HealthStatus == HealthStatus.Healthy && e.Snapshot.IsReady)
            || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsOver(e)), cancellationToken)
            .ConfigureAwait(false);
        return IsOver(found)
            ? throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.")
            : found;
    }

    /// <summary>The state of a process or resource now.</summary>
    /// <param name="resourceId">Its id (or a resource's name).</param>
    /// <param name="resourceEvent">The state.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        resourceEvent = _current.Values.FirstOrDefault(e => ResourceName.Same(e.ResourceId, resourceId))
            ?? _current.Values.FirstOrDefault(e => ResourceName.Same(e.Resource.Name, resourceId));
        return resourceEvent is not null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var watcher in _watchers.Keys)
            watcher.Writer.TryComplete();
        GC.SuppressFinalize(this);
    }

    internal ILogger LoggerOf(IResource resource) => resourceLoggerService.GetLogger(resource);

    internal string IdOf(IResource resource) =>
        _current.Keys.FirstOrDefault(k => ReferenceEquals(k.Resource, resource)).Id ?? resource.Name;

    private static bool IsOver(ResourceEvent e) =>
        e.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private static CustomResourceSnapshot Initial(IResource resource) => new()
    {
        ResourceType = resource switch
        {
            ProjectResource => "Project",
            ExecutableResource => "Executable",
            ContainerResource => "Container",
            ParameterResource => "Parameter",
            _ => resource.GetType().Name.Replace("Resource", ""),
        },
        Properties = [],
        CreationTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
        Relationships =
        [
            .. resource is IResourceWithParent child
                ? new[] { new RelationshipSnapshot(child.Parent.Name, "Parent") } : [],
            .. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type)).Distinct(),
        ],
    };
}

/// <summary>A change of a resource's state.</summary>
/// <param name="resource">Which resource.</param>
/// <param name="resourceId">Which process of it.</param>
/// <param name="snapshot">The new state.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>Which resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Which process of it.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>The new state.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
