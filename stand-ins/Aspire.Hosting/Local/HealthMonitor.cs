using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Runs the health checks of running resources and tells when one is ready.</summary>
internal sealed class HealthMonitor(
    ResourceNotificationService notifications, HealthCheckService checks, IDistributedApplicationEventing eventing,
    ILogger<HealthMonitor> logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<IResource, Task> _watches = [];

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stop).ConfigureAwait(false))
            {
                if (change.Snapshot.State?.Text == KnownResourceStates.Running && !change.Snapshot.IsReady)
                    Watch(change.Resource, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(_watches.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Watch(IResource resource, CancellationToken stop)
    {
        if (!_watches.TryGetValue(resource, out var watch) || watch.IsCompleted)
            _watches[resource] = Task.Run(() => WatchAsync(resource, stop), CancellationToken.None);
    }

    private async Task WatchAsync(IResource resource, CancellationToken stop)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(h => h.Key).ToHashSet();
        var pause = Shortest;
        while (!stop.IsCancellationRequested && Running(resource) is { Count: > 0 } running)
        {
            var healthy = keys.Count == 0 || await CheckAsync(resource, running, keys, stop).ConfigureAwait(false);
            if (healthy && running.Any(r => !r.Snapshot.IsReady))
                healthy = await ReadyAsync(resource, running, stop).ConfigureAwait(false);
            if (healthy && keys.Count == 0)
                return;
            pause = healthy ? WhileHealthy : pause == WhileHealthy ? Shortest
                : TimeSpan.FromTicks(Math.Min((pause * 1.5).Ticks, Longest.Ticks));
            await PauseAsync(resource, running, pause, stop).ConfigureAwait(false);
        }
    }

    private async Task<bool> CheckAsync(
        IResource resource, IReadOnlyList<ResourceEvent> running, HashSet<string> keys, CancellationToken stop)
    {
        var report = await checks.CheckHealthAsync(r => keys.Contains(r.Name), stop).ConfigureAwait(false);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var process in running.Where(p => IsNews(p.Snapshot, report, now)))
        {
            await notifications.PublishUpdateAsync(resource, process.ResourceId, s => s with
            {
                // The check began while this very process ran: a result for its predecessor must not count for it.
                HealthReports = s.StartTimeStamp != process.Snapshot.StartTimeStamp ? s.HealthReports :
                [
                    .. report.Entries.Select(e => new HealthReportSnapshot(
                        e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message) { LastRunAt = now }),
                ],
            }).ConfigureAwait(false);
        }

        return report.Status == HealthStatus.Healthy;
    }

    /// <summary>Whether a report says more than that all is as it was a moment ago.</summary>
    private static bool IsNews(CustomResourceSnapshot before, HealthReport report, DateTime now) =>
        before.HealthReports.Any(h => h.LastRunAt is null || now - h.LastRunAt > TimeSpan.FromSeconds(30)
            || !report.Entries.TryGetValue(h.Name, out var e) || e.Status != h.Status
            || e.Description != h.Description);

    private async Task<bool> ReadyAsync(
        IResource resource, IReadOnlyList<ResourceEvent> running, CancellationToken stop)
    {
        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, notifications.Services), stop)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "{Resource} was healthy but could not be made ready; trying again.", resource.Name);
            return false;
        }

        foreach (var process in running)
        {
            await notifications.PublishUpdateAsync(resource, process.ResourceId, s => s with
            {
                IsReady = s.State?.Text == KnownResourceStates.Running
                    && s.StartTimeStamp == process.Snapshot.StartTimeStamp,
            }).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Waits, but not longer than until the resource's processes change.</summary>
    private async Task PauseAsync(
        IResource resource, IReadOnlyList<ResourceEvent> running, TimeSpan pause, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(pause);
        var before = running.ToDictionary(r => r.ResourceId, r => r.Snapshot.StartTimeStamp);
        try
        {
            await notifications.WaitForResourceAsync(resource.Name, e =>
                e.Snapshot.State?.Text == KnownResourceStates.Running
                    ? !before.TryGetValue(e.ResourceId, out var at) || at != e.Snapshot.StartTimeStamp
                    : before.ContainsKey(e.ResourceId), over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The pause is over.
        }
    }

    private List<ResourceEvent> Running(IResource resource) =>
    [
        .. notifications.Current.Where(e => ReferenceEquals(e.Resource, resource)
            && e.Snapshot.State?.Text == KnownResourceStates.Running),
    ];
}
