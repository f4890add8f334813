using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Writes the console logs of resources to the host's log, as tests want.</summary>
internal sealed class ResourceLogForwarder(
    ResourceLoggerService logs, DistributedApplicationModel model, ILoggerFactory loggers, IHostEnvironment host)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(model.Resources.Select(r => ForwardAsync(r, stoppingToken)));

    private async Task ForwardAsync(IResource resource, CancellationToken stoppingToken)
    {
        var logger = loggers.CreateLogger($"{host.ApplicationName}.Resources.{resource.Name}");
        try
        {
            await foreach (var line in logs.LogOf(resource.Name).FollowAsync(0, stoppingToken).ConfigureAwait(false))
            {
                var level = line.IsError ? LogLevel.Error : LogLevel.Information;
                logger.Log(level, "{Number}: {Text}", line.Number, line.Text);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
