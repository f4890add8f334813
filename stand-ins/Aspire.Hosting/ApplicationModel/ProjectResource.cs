namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that runs as one or more processes.</summary>
/// <param name="name">Name of the resource.</param>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery,
        IResourceWithWaitSupport, IComputeResource;

/// <summary>A program that runs as a process.</summary>
public class ExecutableResource
    : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport,
        IComputeResource
{
    /// <summary>Describes a program.</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="command">Program, by path or by name on the PATH.</param>
    /// <param name="workingDirectory">Folder it runs in.</param>
    public ExecutableResource(string name, string command, string workingDirectory) : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });
    }

    /// <summary>Program.</summary>
    public string Command => Annotations.OfType<ExecutableAnnotation>().Last().Command;

    /// <summary>Folder it runs in.</summary>
    public string WorkingDirectory => Annotations.OfType<ExecutableAnnotation>().Last().WorkingDirectory;
}

/// <summary>Program and folder of an <see cref="ExecutableResource" />.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    /// <summary>Program.</summary>
    public required string Command { get; set; }

    /// <summary>Folder it runs in.</summary>
    public required string WorkingDirectory { get; set; }
}

/// <summary>A container; here also a local server that takes its place.</summary>
/// <param name="name">Name of the resource.</param>
/// <param name="entrypoint">Program to run instead of the image's.</param>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport,
        IComputeResource
{
    /// <summary>Program to run instead of the image's.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}

/// <summary>Number of processes of a project.</summary>
/// <param name="replicas">At least 1.</param>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>Number of processes.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>Image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>Registry, or null for the engine's default.</summary>
    public string? Registry { get; set; }

    /// <summary>Name in the registry.</summary>
    public required string Image { get; set; }

    /// <summary>Tag.</summary>
    public string? Tag { get; set; }
}

/// <summary>A folder or volume that a container sees.</summary>
/// <param name="source">Host path or volume name; null: an unnamed volume.</param>
/// <param name="target">Path in the container.</param>
/// <param name="type">Folder or volume.</param>
/// <param name="isReadOnly">Whether the container may not write.</param>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    : IResourceAnnotation
{
    /// <summary>Host path or volume name.</summary>
    public string? Source { get; } = source;

    /// <summary>Path in the container.</summary>
    public string Target { get; } = target;

    /// <summary>Folder or volume.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container may not write.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the host.</summary>
    BindMount = 0,

    /// <summary>A volume of the engine.</summary>
    Volume = 1,
}

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as the application.</summary>
    Session = 0,

    /// <summary>Longer than the application.</summary>
    Persistent = 1,
}

/// <summary>Says how long a container lives.</summary>
public sealed class ContainerLifetimeAnnotation : IResourceAnnotation
{
    /// <summary>How long.</summary>
    public required ContainerLifetime Lifetime { get; set; }
}
