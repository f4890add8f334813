using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Configures containers.</summary>
public static class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container; needs a container engine.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="image">Name of the image.</param>
    /// <param name="tag">Its tag.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, string image, string tag) =>
        builder.AddResource(new ContainerResource(name)).WithImage(image, tag);

    /// <summary>Sets the image.</summary>
    /// <typeparam name="T">Type of the container.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="image">Name of the image.</param>
    /// <param name="tag">Its tag; default latest.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        var registry = Image(builder)?.Registry;
        return builder.WithAnnotation(
            new ContainerImageAnnotation { Registry = registry, Image = image, Tag = tag ?? "latest" },
            ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the image's tag.</summary>
    /// <typeparam name="T">Type of the container.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        (Image(builder) ?? throw new InvalidOperationException(
            $"The resource '{builder.Resource.Name}' does not have a container image specified.")).Tag = tag;
        return builder;
    }

    /// <summary>Sets the image's registry.</summary>
    /// <typeparam name="T">Type of the container.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="registry">The registry.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        (Image(builder) ?? throw new InvalidOperationException(
            $"The resource '{builder.Resource.Name}' does not have a container image specified.")).Registry = registry;
        return builder;
    }

    /// <summary>Mounts a volume of the engine.</summary>
    /// <typeparam name="T">Type of the container.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="name">Its name; null: unnamed.</param>
    /// <param name="target">Path in the container.</param>
    /// <param name="isReadOnly">Whether the container may not write.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithVolume<T>(
        this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    /// <summary>Mounts a folder of this machine.</summary>
    /// <typeparam name="T">Type of the container.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="source">The folder, relative to the host's.</param>
    /// <param name="target">Path in the container.</param>
    /// <param name="isReadOnly">Whether the container may not write.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithBindMount<T>(
        this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            Path.GetFullPath(Path.Combine(builder.ApplicationBuilder.AppHostDirectory, source)), target,
            ContainerMountType.BindMount, isReadOnly));

    /// <summary>Keeps the container when the application stops, or not; local servers always stop.</summary>
    /// <typeparam name="T">Type of the container.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="lifetime">How long it lives.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerLifetimeAnnotation { Lifetime = lifetime },
            ResourceAnnotationMutationBehavior.Replace);

    private static ContainerImageAnnotation? Image<T>(IResourceBuilder<T> builder) where T : ContainerResource =>
        builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault();
}
