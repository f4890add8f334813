using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a port.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">Port that others use; null: any free one, kept for later runs.</param>
    /// <param name="targetPort">Port that the process listens on; null: chosen.</param>
    /// <param name="scheme">Scheme of addresses; default tcp.</param>
    /// <param name="name">Name; default the scheme.</param>
    /// <param name="env">Variable that tells the process its port.</param>
    /// <param name="isProxied">Whether a proxy may stand between; needed for replicas.</param>
    /// <param name="isExternal">Whether meant for users outside.</param>
    /// <param name="protocol">TCP or UDP.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of that name.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null,
        string? name = null, string? env = null, bool isProxied = true, bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(
            protocol ?? ProtocolType.Tcp, uriScheme: scheme, name: name, port: port, targetPort: targetPort,
            isExternal: isExternal, isProxied: isProxied);
        var others = builder.Resource.Annotations.OfType<EndpointAnnotation>();
        if (others.Any(e => ResourceName.Same(e.Name, endpoint.Name)))
        {
            throw new DistributedApplicationException(
                $"Endpoint with name '{endpoint.Name}' already exists. Endpoint name may not have been explicitly " +
                "specified and was derived automatically from scheme argument (e.g. 'http', 'https', or 'tcp'). " +
                "Multiple calls to WithEndpoint (and related methods) may result in a conflict if name argument is " +
                "not specified. Each endpoint must have a unique name.");
        }

        if (env is not null && builder.Resource is IResourceWithEnvironment)
        {
            var reference = new EndpointReference(builder.Resource, endpoint).Property(EndpointProperty.TargetPort);
            builder.WithAnnotation(new EnvironmentCallbackAnnotation(
                context => { context.EnvironmentVariables[env] = reference; }));
        }

        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Changes a port, or adds it.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">Its name.</param>
    /// <param name="callback">Changes it.</param>
    /// <param name="createIfNotExists">Whether to add it where it is not there.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback,
        bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .SingleOrDefault(e => ResourceName.Same(e.Name, endpointName));
        if (endpoint is null && !createIfNotExists)
            return builder;
        if (endpoint is null)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            builder.WithAnnotation(endpoint);
        }

        callback(endpoint);
        return builder;
    }

    /// <summary>Adds a port that speaks HTTP.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">Port that others use; null: any free one, kept for later runs.</param>
    /// <param name="targetPort">Port that the process listens on; null: chosen.</param>
    /// <param name="name">Name; default http.</param>
    /// <param name="env">Variable that tells the process its port.</param>
    /// <param name="isProxied">Whether a proxy may stand between; needed for replicas.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null,
        string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, "http", name, env, isProxied, null, null);

    /// <summary>Adds a port that speaks HTTPS.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">Port that others use; null: any free one, kept for later runs.</param>
    /// <param name="targetPort">Port that the process listens on; null: chosen.</param>
    /// <param name="name">Name; default https.</param>
    /// <param name="env">Variable that tells the process its port.</param>
    /// <param name="isProxied">Whether a proxy may stand between; needed for replicas.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null,
        string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, "https", name, env, isProxied, null, null);

    /// <summary>Marks the HTTP ports as meant for users outside.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.UriScheme is "http" or "https")
                endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">Name of the endpoint.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);

    /// <summary>Counts the resource as healthy only while an address answers.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="path">Path; default /.</param>
    /// <param name="statusCode">Expected status; default 200.</param>
    /// <param name="endpointName">Endpoint; default the first HTTP(S) one.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(
            endpointName is null ? null : () => builder.GetEndpoint(endpointName), path, statusCode);

    /// <summary>Counts the resource as healthy only while an address answers.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Gives the endpoint, at once.</param>
    /// <param name="path">Path; default /.</param>
    /// <param name="statusCode">Expected status; default 200.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null,
        int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        endpointSelector ??= () => builder.Resource.GetEndpoints().FirstOrDefault(e => e.IsHttp || e.IsHttps)!;
        var endpoint = endpointSelector() ?? throw new DistributedApplicationException(
            $"Could not create HTTP health check for resource '{builder.Resource.Name}': it has no HTTP endpoint.");
        path ??= "/";
        statusCode ??= 200;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{statusCode}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, s => new UriHealthCheck(s.GetRequiredService<IHttpClientFactory>(), endpoint, path,
                statusCode.Value), HealthStatus.Unhealthy, null));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Counts the resource as healthy only while a registered check succeeds.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="key">Name under which the check is registered in the host's services.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="DistributedApplicationException">The resource has the check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource =>
        builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(h => h.Key == key)
            ? throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
}
