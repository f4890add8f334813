using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>Loads the organisation, then keeps it alive.</summary>
internal sealed class DemoWorker(
    DemoSettings settings,
    GatewayClient gateway,
    LoadDemo demo,
    LoadHistory history,
    StreamActivity activity,
    MoveTickets tickets,
    ILogger<DemoWorker> logger) : BackgroundService
{
    private const string KeyName = "demo-telephony";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gateway.HealthyAsync(stoppingToken);
        var admin = gateway.SignIn("admin", settings.AdminPassword);
        var agents = await demo.RunAsync(admin, stoppingToken);
        var integration = gateway.SignIn(await KeyAsync(admin, stoppingToken));
        await history.RunAsync(integration, agents, stoppingToken);
        logger.LogInformation("The demo organisation is loaded; calls stream in and tickets move from now on");
        await Task.WhenAll(
            activity.RunAsync(integration, agents, stoppingToken), tickets.RunAsync(stoppingToken));
    }

    /// <summary>A key is shown once: the one of the last run is replaced.</summary>
    private static async Task<string> KeyAsync(Session admin, CancellationToken cancel)
    {
        var keys = await admin.GetAsync("auth/keys", cancel);
        foreach (var old in (keys as JsonArray ?? keys!["items"]!.AsArray())
            .Where(key => key!["name"]!.GetValue<string>() == KeyName))
        {
            await admin.CallAsync(HttpMethod.Delete, $"auth/keys/{old!["id"]}", null, cancel);
        }

        var made = await admin.PostAsync("auth/keys", new { name = KeyName }, cancel);
        return made!["key"]!.GetValue<string>();
    }
}
