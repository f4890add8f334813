using System.Net;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>Now and then a ticket is sent back, excused or finished, so that scorecards move.</summary>
internal sealed class MoveTickets(
    DemoSettings settings, GatewayClient gateway, TimeProvider clock, ILogger<MoveTickets> logger)
{
    private static readonly string[] Labels = ["Missing signature", "Wrong VIN", "Fee mismatch"];

    private readonly Queue<string> sentBack = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        if (settings.TicketEverySeconds <= 0)
        {
            return;
        }

        var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.TicketEverySeconds), clock);
        for (var turn = 0; await timer.WaitForNextTickAsync(cancel); turn++)
        {
            try
            {
                await MoveAsync(supervisor, turn, cancel);
            }
            catch (RefusedException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            {
                // Somebody at the portal was faster.
                logger.LogInformation("Not moved: {Reason}", e.Message);
            }
        }
    }

    private async Task MoveAsync(Session supervisor, int turn, CancellationToken cancel)
    {
        switch (turn % 4)
        {
            case 0 or 2 when await OpenAsync(supervisor, cancel) is { } open:
                await supervisor.PostAsync(
                    $"api/tickets/{open}/rejections", new { label = Random.Shared.Pick(Labels) }, cancel);
                sentBack.Enqueue(open);
                break;
            case 1 when sentBack.TryDequeue(out var excused):
                await supervisor.PostAsync(
                    $"api/tickets/{excused}/excuse", new { reason = "The county lost the form" }, cancel);
                break;
            case 3 when await OpenAsync(supervisor, cancel) is { } finished:
                await supervisor.PostAsync($"api/tickets/{finished}/status", new { status = "Complete" }, cancel);
                break;
        }
    }

    private static async Task<string?> OpenAsync(Session supervisor, CancellationToken cancel)
    {
        var page = 1 + Random.Shared.Next(2);
        var answer = await supervisor.GetAsync($"api/tickets?status=In%20Progress&page={page}&pageSize=25", cancel);
        var items = answer!["items"]!.AsArray();
        return items.Count == 0 ? null : items[Random.Shared.Next(items.Count)]!["id"]!.GetValue<string>();
    }
}
