using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Performance.ServiceDefaults.Bus;

/// <summary>
/// Ends a process whose bus does not come back although the broker answers again, so that the orchestrator starts it
/// afresh. MassTransit before 8.5.2 gives a receive endpoint up for good when a call to the broker is cancelled by its
/// time limit, as happens when the broker takes connections and does not answer yet (docs/adr/0006).
/// </summary>
internal sealed class BusWatchdog(
    IBusControl bus,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<BusWatchdog> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);
    private readonly TimeSpan patience = configuration.GetValue("Bus:Patience", TimeSpan.FromSeconds(40));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetConnectionString("rabbitmq") is not { } address)
        {
            return;
        }

        var broker = new Uri(address);
        using var timer = new PeriodicTimer(Look, clock);
        DateTimeOffset? since = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (bus.CheckHealth().Status == BusHealthStatus.Healthy || !await AnswersAsync(broker, stoppingToken))
            {
                since = null;
                continue;
            }

            since ??= clock.GetUtcNow();
            if (clock.GetUtcNow() - since > patience)
            {
                logger.LogCritical("The bus has not come back in {Patience} although the broker answers", patience);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }
        }
    }

    private static async Task<bool> AnswersAsync(Uri broker, CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Look);
            await client.ConnectAsync(broker.Host, broker.IsDefaultPort || broker.Port < 0 ? 5672 : broker.Port,
                limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
