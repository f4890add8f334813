using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource only once another is healthy.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">Who waits.</param>
    /// <param name="dependency">For which.</param>
    /// <returns>Who waits.</returns>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy, null);

    /// <summary>Starts the resource only once another is healthy.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">Who waits.</param>
    /// <param name="dependency">For which.</param>
    /// <param name="waitBehavior">What happens when the other fails.</param>
    /// <returns>Who waits.</returns>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts the resource only once another is running, healthy or not.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">Who waits.</param>
    /// <param name="dependency">For which.</param>
    /// <returns>Who waits.</returns>
    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilStarted, null);

    /// <summary>Starts the resource only once another has ended.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">Who waits.</param>
    /// <param name="dependency">For which.</param>
    /// <param name="exitCode">Exit code that counts as success; with another the resource fails.</param>
    /// <returns>Who waits.</returns>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitForCompletion, null, exitCode);

    /// <summary>Starts the resource only by command.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder) where T : IResource =>
        builder.WithAnnotation(new ExplicitStartupAnnotation());

    /// <summary>Adds a command of the resource's own.</summary>
    /// <typeparam name="T">Type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="displayName">What people read.</param>
    /// <param name="executeCommand">Runs it.</param>
    /// <param name="commandOptions">How it is shown.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder, string name, string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource =>
        builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand));

    private static IResourceBuilder<T> Wait<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitType type,
        WaitBehavior? behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        var other = dependency.Resource;
        if (ReferenceEquals(other, builder.Resource))
            throw new DistributedApplicationException($"The '{other.Name}' resource cannot wait for itself.");
        if (builder.Resource is IResourceWithParent { Parent: { } parent } && ReferenceEquals(parent, other))
        {
            throw new DistributedApplicationException(
                $"The '{builder.Resource.Name}' resource cannot wait for its parent '{other.Name}'.");
        }

        if (other is IResourceWithParent { Parent: { } otherParent } && type != WaitType.WaitForCompletion)
        {
            builder.WithAnnotation(new WaitAnnotation(otherParent, WaitType.WaitUntilStarted)
            {
                WaitBehavior = behavior,
            });
        }

        return builder
            .WithAnnotation(new ResourceRelationshipAnnotation(other, "WaitFor"))
            .WithAnnotation(new WaitAnnotation(other, type, exitCode) { WaitBehavior = behavior });
    }
}
