using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Logs what becomes of each resource, and when all are healthy for the first time.</summary>
internal sealed class ProgressReporter(
    ResourceNotificationService notifications, DistributedApplicationModel model,
    ILogger<DistributedApplication> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var last = new Dictionary<string, string>();
        var pending = model.Resources.Where(r => !r.HasAnnotationOfType<ExplicitStartupAnnotation>())
            .Select(r => r.Name).ToHashSet();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                var word = Word(change.Snapshot);
                var isNews = !last.TryGetValue(change.ResourceId, out var before) || before != word;
                last[change.ResourceId] = word;
                if (isNews && change.Resource is not ParameterResource)
                    Report(change, word);
                if (pending.Count > 0 && word is "healthy" or "finished" && pending.Remove(change.Resource.Name)
                    && pending.Count == 0)
                {
                    logger.LogInformation("All resources are healthy after {Seconds:0.0} s.",
                        TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Report(ResourceEvent change, string word)
    {
        var name = change.Resource.GetReplicaCount() > 1 ? change.ResourceId : change.Resource.Name;
        if (word is "ended" or "failed" or "unhealthy")
        {
            logger.LogWarning("{Resource} {State}{Code}", name, word,
                change.Snapshot.ExitCode is { } code ? $" with exit code {code}" : "");
        }
        else if (word is "healthy" or "starting" or "finished" or "stopping")
        {
            logger.LogInformation("{Resource} {State}", name, word);
        }
    }

    private static string Word(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        null or "NotStarted" or "Waiting" => "waiting",
        "Starting" => "starting",
        "Running" when snapshot is { IsReady: true, HealthStatus: HealthStatus.Healthy } => "healthy",
        "Running" when snapshot.IsReady => "unhealthy",
        "Running" => "running",
        "Stopping" => "stopping",
        "Finished" => "finished",
        "FailedToStart" => "failed",
        _ => "ended",
    };
}
