using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application is about to start.</summary>
/// <param name="services">Its services.</param>
/// <param name="model">Its resources.</param>
public class BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model)
    : IDistributedApplicationEvent
{
    /// <summary>Its services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Its resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}

/// <summary>All resources are being started.</summary>
/// <param name="services">Services of the application.</param>
/// <param name="model">Its resources.</param>
public class AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model)
    : IDistributedApplicationEvent
{
    /// <summary>Services of the application.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Its resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}

/// <summary>A resource's endpoints have addresses.</summary>
/// <param name="resource">Which.</param>
/// <param name="services">Services of the application.</param>
public class ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services)
    : IDistributedApplicationResourceEvent
{
    /// <inheritdoc />
    public IResource Resource { get; } = resource;

    /// <summary>Services of the application.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource's connection string is known.</summary>
/// <param name="resource">Which.</param>
/// <param name="services">Services of the application.</param>
public class ConnectionStringAvailableEvent(IResource resource, IServiceProvider services)
    : IDistributedApplicationResourceEvent
{
    /// <inheritdoc />
    public IResource Resource { get; } = resource;

    /// <summary>Services of the application.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource is about to start: what it waits for is there.</summary>
/// <param name="resource">Which.</param>
/// <param name="services">Services of the application.</param>
public class BeforeResourceStartedEvent(IResource resource, IServiceProvider services)
    : IDistributedApplicationResourceEvent
{
    /// <inheritdoc />
    public IResource Resource { get; } = resource;

    /// <summary>Services of the application.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource is healthy for the first time since it started.</summary>
/// <param name="resource">Which.</param>
/// <param name="services">Services of the application.</param>
public class ResourceReadyEvent(IResource resource, IServiceProvider services)
    : IDistributedApplicationResourceEvent
{
    /// <inheritdoc />
    public IResource Resource { get; } = resource;

    /// <summary>Services of the application.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A process of a resource ended.</summary>
/// <param name="resource">Which.</param>
/// <param name="services">Services of the application.</param>
/// <param name="resourceEvent">Its last state.</param>
public class ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent)
    : IDistributedApplicationResourceEvent
{
    /// <inheritdoc />
    public IResource Resource { get; } = resource;

    /// <summary>Services of the application.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Its last state.</summary>
    public ResourceEvent ResourceEvent { get; } = resourceEvent;
}
