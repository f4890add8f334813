using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.RabbitMQ;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ servers.</summary>
public static class RabbitMQBuilderExtensions
{
    /// <summary>Adds a server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="userName">Its first user; null: guest.</param>
    /// <param name="password">The user's password; null: made and kept.</param>
    /// <param name="port">Port; null: any free one, kept for later runs.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        // Without punctuation, as it becomes part of an address.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(
            builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, secret);
        var key = $"{name}_check";
        var check = new RabbitMQHealthCheck(server);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, check, HealthStatus.Unhealthy, null));
        return builder.AddResource(server)
            .WithImage("library/rabbitmq", "4.2").WithImageRegistry("docker.io")
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithEnvironment("RABBITMQ_DEFAULT_USER", server.UserNameReference)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = server.PasswordParameter;
            })
            .WithAnnotation(new LocalServerAnnotation(new LocalRabbitMQ(server).PrepareAsync))
            .WithHealthCheck(key);
    }

    /// <summary>Keeps the data in a volume. A local server keeps its data below the data folder anyway.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">Name of the volume; null: made of the application's and the resource's.</param>
    /// <param name="isReadOnly">Whether the server may not write.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), "/var/lib/rabbitmq", isReadOnly)
            .WithStableNodeName();

    /// <summary>Keeps the data in a folder of this machine; of no effect on a local server.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder.</param>
    /// <param name="isReadOnly">Whether the server may not write.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(
        this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, "/var/lib/rabbitmq", isReadOnly).WithStableNodeName();

    // The name of the node is part of the path of its data; a container's host name would change it.
    private static IResourceBuilder<RabbitMQServerResource> WithStableNodeName(
        this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.WithEnvironment("RABBITMQ_NODENAME", $"{builder.Resource.Name}@localhost");
}
