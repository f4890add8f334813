using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Hands on a connection string as <c>ConnectionStrings__name</c>, and its parts.</summary>
    /// <typeparam name="TDestination">Type of the resource.</typeparam>
    /// <param name="builder">Who gets it.</param>
    /// <param name="source">Whose connection string.</param>
    /// <param name="connectionName">Name instead of the resource's.</param>
    /// <param name="optional">Whether nothing is an answer.</param>
    /// <returns>Who gets it.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));
        return builder.WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            var prefix = connectionName.Length == 0 ? "" : $"{VariableName(connectionName).ToUpperInvariant()}_";
            foreach (var (name, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[prefix + name.ToUpperInvariant()] = value;
        });
    }

    /// <summary>Hands on all addresses as <c>services__name__scheme__index</c>.</summary>
    /// <typeparam name="TDestination">Type of the resource.</typeparam>
    /// <param name="builder">Who gets them.</param>
    /// <param name="source">Whose addresses.</param>
    /// <returns>Who gets them.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.WithEndpointsOf(source.Resource, null, null);

    /// <summary>Hands on all addresses under another name.</summary>
    /// <typeparam name="TDestination">Type of the resource.</typeparam>
    /// <param name="builder">Who gets them.</param>
    /// <param name="source">Whose addresses.</param>
    /// <param name="name">The name.</param>
    /// <returns>Who gets them.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name)
        where TDestination : IResourceWithEnvironment => builder.WithEndpointsOf(source.Resource, null, name);

    /// <summary>Hands on one address as <c>services__name__scheme__index</c>.</summary>
    /// <typeparam name="TDestination">Type of the resource.</typeparam>
    /// <param name="builder">Who gets it.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <returns>Who gets it.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEndpointsOf(endpointReference.Resource, endpointReference.EndpointName, null);

    /// <summary>Hands on a fixed address as <c>services__name__default__0</c>.</summary>
    /// <typeparam name="TDestination">Type of the resource.</typeparam>
    /// <param name="builder">Who gets it.</param>
    /// <param name="name">Name of the service.</param>
    /// <param name="uri">Absolute address whose path ends with a slash.</param>
    /// <returns>Who gets it.</returns>
    /// <exception cref="InvalidOperationException">The address is not of that form.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || !uri.AbsolutePath.EndsWith('/') || uri.Fragment.Length > 0 || uri.Query.Length > 0)
            throw new InvalidOperationException("The uri must be absolute, without query, and end with '/'.");
        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString())
            .WithEnvironment(VariableName(name), uri.ToString());
    }

    /// <summary>Names a use of another resource, for the dashboard.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">Who uses.</param>
    /// <param name="resource">What is used.</param>
    /// <param name="type">How.</param>
    /// <returns>Who uses.</returns>
    public static IResourceBuilder<T> WithRelationship<T>(
        this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Names the resource that this one belongs to, for the dashboard.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">What it belongs to.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithRelationship(parent.Resource, "Parent");

    internal static string VariableName(string name)
    {
        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? "_" + encoded : encoded;
    }

    private static IResourceBuilder<T> WithEndpointsOf<T>(
        this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment
    {
        var serviceName = name ?? source.Name;
        builder.WithAnnotation(new ResourceRelationshipAnnotation(source, "Reference"));
        return builder.WithEnvironment(context =>
        {
            var wanted = source.GetEndpoints()
                .Where(e => endpointName is null || ResourceName.Same(e.EndpointName, endpointName));
            foreach (var endpoint in wanted)
            {
                var plain = $"{VariableName(name ?? serviceName.ToUpperInvariant())}_" +
                    VariableName(endpoint.EndpointName).ToUpperInvariant();
                context.EnvironmentVariables[plain] = endpoint;
                var index = 0;
                while (Taken(context, $"services__{serviceName}__{endpoint.Scheme}__{index}", endpoint))
                    index++;
                context.EnvironmentVariables[$"services__{serviceName}__{endpoint.Scheme}__{index}"] = endpoint;
            }
        });
    }

    private static bool Taken(EnvironmentCallbackContext context, string key, EndpointReference endpoint) =>
        context.EnvironmentVariables.TryGetValue(key, out var other)
        && !(other is EndpointReference o && o.Resource == endpoint.Resource
            && ResourceName.Same(o.EndpointName, endpoint.EndpointName));
}
