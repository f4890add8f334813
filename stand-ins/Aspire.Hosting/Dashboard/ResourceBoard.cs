using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the pages show of the resources.</summary>
internal sealed class ResourceBoard(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService logs)
{
    /// <summary>Every process (and what has none: databases, parameters), in the order of the model.</summary>
    public IReadOnlyList<ProcessView> All()
    {
        var order = model.Resources.Index().ToDictionary(r => r.Item, r => r.Index);
        return
        [
            .. notifications.Current.Where(e => !e.Snapshot.IsHidden).OrderBy(e => order.GetValueOrDefault(e.Resource))
                .ThenBy(e => e.ResourceId, StringComparer.Ordinal).Select(e => new ProcessView(e)),
        ];
    }

    /// <summary>By id of the process or by name of the resource.</summary>
    public ProcessView? Find(string id) =>
        notifications.TryGetCurrentState(id, out var state) ? new ProcessView(state) : null;

    public ConsoleLog LogOf(string resource) => logs.LogOf(resource);

    public IAsyncEnumerable<ResourceEvent> WatchAsync(CancellationToken cancellationToken) =>
        notifications.WatchAsync(cancellationToken);
}

/// <summary>One process as the pages show it.</summary>
internal sealed class ProcessView(ResourceEvent state)
{
    private CustomResourceSnapshot Snapshot => state.Snapshot;

    public string Id => state.ResourceId;

    /// <summary>Name of the resource.</summary>
    public string Resource => state.Resource.Name;

    /// <summary>Name of the resource; with several processes, of the process.</summary>
    public string Name => Replicas > 1 ? Id : Resource;

    public int Replicas => state.Resource.GetReplicaCount();

    public string Type => Snapshot.ResourceType;

    public string State => Snapshot.State?.Text ?? "Unknown";

    public bool HasProcess => state.Resource is ProjectResource or ExecutableResource or ContainerResource;

    public bool IsRunning => State == KnownResourceStates.Running;

    public bool IsOver => State is "Exited" or "Finished" or "FailedToStart" or "NotStarted";

    public HealthStatus? Health => Snapshot.HealthStatus;

    public ImmutableArray<HealthReportSnapshot> Checks => Snapshot.HealthReports;

    public DateTime? Started => Snapshot.StartTimeStamp;

    public DateTime? Stopped => Snapshot.StopTimeStamp;

    public int? ExitCode => Snapshot.ExitCode;

    public int? Pid => Property("executable.pid") as int?;

    public ImmutableArray<UrlSnapshot> Urls => Snapshot.Urls;

    public ImmutableArray<RelationshipSnapshot> Relationships => Snapshot.Relationships;

    public IEnumerable<(string Name, string Value, bool IsSecret)> Environment
    {
        get
        {
            var secret = Property(ProcessPreparation.SecretNames) is ImmutableArray<string> names ? names : [];
            return Snapshot.EnvironmentVariables.Select(v => (v.Name, v.Value ?? "", secret.Contains(v.Name)));
        }
    }

    /// <summary>Facts for the details page.</summary>
    public IEnumerable<(string Name, string Value)> Facts
    {
        get
        {
            foreach (var property in Snapshot.Properties.Where(p => p is { IsSensitive: false, Value: not null }))
            {
                if (property.Name != ProcessPreparation.SecretNames)
                    yield return (property.Name, property.Value!.ToString()!);
            }
        }
    }

    private object? Property(string name) => Snapshot.Properties.FirstOrDefault(p => p.Name == name)?.Value;
}
