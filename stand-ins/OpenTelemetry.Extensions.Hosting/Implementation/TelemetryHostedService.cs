using Microsoft.Extensions.Hosting;

namespace OpenTelemetry.Extensions.Hosting.Implementation;

/// <summary>Starts telemetry before any other hosted service; the container disposes (and so flushes) it.</summary>
internal sealed class TelemetryHostedService(ITelemetryHostInitializer initializer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        initializer.Initialize();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
