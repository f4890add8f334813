using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the application model consists of: a project, a server, a database, a parameter.</summary>
public interface IResource
{
    /// <summary>Unique (ignoring case) in one application; also the DNS-like name in service discovery.</summary>
    string Name { get; }

    /// <summary>Everything known about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Marks data attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>The annotations of one resource, in the order they were added.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>
{
    /// <summary>An empty collection.</summary>
    public ResourceAnnotationCollection()
    {
    }
}

/// <summary>Whether an annotation joins those of its type or replaces them.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>Keep the earlier ones.</summary>
    Append = 0,

    /// <summary>Drop the earlier ones of the same type.</summary>
    Replace = 1,
}

/// <summary>Base class of resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Names the resource.</summary>
    /// <param name="name">ASCII letters, digits and hyphens, starting with a letter, at most 64.</param>
    protected Resource(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ResourceName.ThrowIfInvalid(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>A resource whose processes get environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource whose processes get command-line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that others find by name through <c>services__name__scheme__index</c>.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that computes.</summary>
public interface IComputeResource : IResource;

/// <summary>A resource that lives inside another.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The resource it lives in.</summary>
    IResource Parent { get; }
}

/// <summary>A resource that lives inside another of a known type.</summary>
/// <typeparam name="T">Type of the parent.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    /// <summary>The resource it lives in.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

internal static class ResourceName
{
    public static void ThrowIfInvalid(string name)
    {
        var valid = name.Length <= 64 && char.IsAsciiLetter(name[0]) && name[^1] != '-' && !name.Contains("--")
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        if (!valid)
        {
            throw new ArgumentException(
                $"Resource name '{name}' is invalid: use up to 64 ASCII letters, digits and single hyphens, " +
                "starting with a letter.", nameof(name));
        }
    }

    public static bool Same(string? left, string? right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
