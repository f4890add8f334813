using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Starts the resources as they may start, and stops them in the opposite order.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model, DataFolder folder, ProcessRegistry registry, PortAllocator ports,
    ContainerEngine containers, Configurator configurator, HealthMonitor health, DependencyWaiter waiter,
    ResourceNotificationService notifications, ResourceLoggerService logs, IDistributedApplicationEventing eventing,
    DistributedApplicationOptions options, IConfiguration configuration, IServiceProvider services,
    ILogger<Orchestrator> logger) : IHostedService
{
    private readonly ConcurrentDictionary<IResource, ProcessInstance[]> _instances = [];
    private readonly ConcurrentDictionary<IResource, Task> _starts = [];
    private readonly List<TcpProxy> _proxies = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _health = Task.CompletedTask;
    private bool _begun;

    private bool RestartsCrashed => configuration["Aspire:RestartCrashed"] is not { } text || bool.Parse(text);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        folder.Lock();
        await registry.BeginAsync(cancellationToken).ConfigureAwait(false);
        _begun = true;
        foreach (var resource in model.Resources)
            await AllocateAsync(resource, cancellationToken).ConfigureAwait(false);
        foreach (var resource in model.Resources.OfType<IResourceWithConnectionString>())
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken)
                .ConfigureAwait(false);
        }

        _health = health.RunAsync(_stop.Token);
        foreach (var resource in model.Resources)
            _starts[resource] = Task.Run(() => BeginAsync(resource, _stop.Token), CancellationToken.None);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_begun)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_starts.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var layer in StopOrder.Layers(_instances.Keys.ToList()))
        {
            await Task.WhenAll(layer.SelectMany(r => _instances[r]).Select(i => i.StopAsync()))
                .ConfigureAwait(false);
        }

        await _health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Starts, stops or restarts a resource, or one process of it.</summary>
    public async Task<ExecuteCommandResult> CommandAsync(
        IResource resource, string? process, string command, CancellationToken cancellationToken)
    {
        if (!_instances.TryGetValue(resource, out var all))
            return CommandResults.Failure($"Resource '{resource.Name}' has no processes.");
        var wanted = all.Where(i => process is null || ResourceName.Same(i.Id, process)).ToArray();
        var name = command.Replace("resource-", "", StringComparison.Ordinal);
        if (name is not ("start" or "stop" or "restart"))
            return CommandResults.Failure($"Command '{command}' not available for resource '{resource.Name}'.");
        logger.LogInformation("{Command} {Resource} by command.", name, process ?? resource.Name);
        if (name is "stop" or "restart")
            await Task.WhenAll(wanted.Select(i => i.StopAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (name is "start" or "restart")
        {
            foreach (var instance in wanted)
                await instance.StartAsync(cancellationToken).ConfigureAwait(false);
        }

        return CommandResults.Success();
    }

    private async Task AllocateAsync(IResource resource, CancellationToken cancellationToken)
    {
        var (targets, proxies) = EndpointPlan.Allocate(resource, ports);
        foreach (var proxy in proxies)
            proxy.Start();
        _proxies.AddRange(proxies);
        if (resource is ProjectResource or ExecutableResource or ContainerResource)
        {
            _instances[resource] = [.. targets.Select(t => Instance(resource, t))];
            foreach (var instance in _instances[resource])
                await PublishAsync(resource, instance.Id, KnownResourceStates.NotStarted).ConfigureAwait(false);
        }
        else
        {
            await PublishAsync(resource, resource.Name, null).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task BeginAsync(IResource resource, CancellationToken stop)
    {
        try
        {
            if (!_instances.TryGetValue(resource, out var instances))
                await new PassiveResource(resource, notifications).FollowAsync(stop).ConfigureAwait(false);
            else if (!resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
                await StartWhenAllowedAsync(resource, instances, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host stopped before it could start.
        }
        catch (Exception e)
        {
            notifications.LoggerOf(resource).LogError("{Reason}", e.Message);
            logger.LogError("{Resource} failed to start: {Reason}", resource.Name, e.Message);
            foreach (var id in Ids(resource))
                await PublishAsync(resource, id, KnownResourceStates.FailedToStart).ConfigureAwait(false);
        }

        IEnumerable<string> Ids(IResource r) =>
            _instances.TryGetValue(r, out var all) ? all.Select(i => i.Id) : [r.Name];
    }

    private async Task StartWhenAllowedAsync(IResource resource, ProcessInstance[] instances, CancellationToken stop)
    {
        foreach (var instance in instances)
            await PublishAsync(resource, instance.Id, KnownResourceStates.Waiting).ConfigureAwait(false);
        await waiter.WaitAsync(resource, stop).ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), stop).ConfigureAwait(false);
        foreach (var instance in instances)
            await instance.StartAsync(stop).ConfigureAwait(false);
    }

    private ProcessInstance Instance(IResource resource, IReadOnlyDictionary<string, int> targetPorts)
    {
        var suffix = RandomText.Suffix();
        var replica = new Configurator.Replica(resource.Name, $"{resource.Name}-{suffix}", suffix, targetPorts);
        var log = logs.LogOf(resource.Name);
        var preparation = new ProcessPreparation(folder, ports, containers, configurator, options);

        // What listens is a service, which an orchestrator keeps alive; the rest are jobs, which end.
        var restarts = RestartsCrashed && resource.HasAnnotationOfType<EndpointAnnotation>();
        return new ProcessInstance(resource, replica, log, registry, notifications,
            ct => preparation.PrepareAsync(resource, replica, log, ct), restarts);
    }

    private Task PublishAsync(IResource resource, string id, string? state) =>
        notifications.PublishUpdateAsync(resource, id, s => s with
        {
            State = state,
            Urls =
            [
                .. (resource as IResourceWithEndpoints)?.GetEndpoints()
                    .Select(e => new UrlSnapshot(e.EndpointName, e.Url, !e.EndpointAnnotation.IsExternal)) ?? [],
            ],
            HealthReports =
            [
                .. resource.Annotations.OfType<HealthCheckAnnotation>()
                    .Select(h => new HealthReportSnapshot(h.Key, null, null, null)),
            ],
        });
}
