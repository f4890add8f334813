using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says how a container's server runs as a local process where there is no container engine.</summary>
/// <param name="prepare">Prepares a start: makes data folders and configuration files.</param>
internal sealed class LocalServerAnnotation(
    Func<LocalServerContext, CancellationToken, Task<LocalServerPlan>> prepare) : IResourceAnnotation
{
    public Func<LocalServerContext, CancellationToken, Task<LocalServerPlan>> Prepare { get; } = prepare;
}

/// <summary>What a server needs to prepare its start.</summary>
internal sealed record LocalServerContext(
    DataFolder Folder, PortAllocator Ports, IReadOnlyList<string> Args, Action<string, bool> Write);

/// <summary>The processes of a server; helpers are started first and stopped last.</summary>
internal sealed record LocalServerPlan(LaunchSpec Server, IReadOnlyList<LaunchSpec> Helpers);
