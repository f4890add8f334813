using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>
/// What moves grades: the month before the last is closed, and a rejection in it excused afterwards, which shows as an
/// adjustment; and from the last month on a stricter score policy counts.
/// </summary>
internal sealed class LoadJudgements(
    DemoSettings settings, GatewayClient gateway, TimeProvider clock, ILogger<LoadJudgements> logger)
{
    /// <param name="admin">Closes months and publishes policies.</param>
    /// <param name="today">The day of the business.</param>
    /// <param name="loaded">Positions that the month's numbers have to have come to.</param>
    /// <param name="cancel">Stops.</param>
    public async Task RunAsync(
        Session admin, DateOnly today, IReadOnlyList<long> loaded, CancellationToken cancel)
    {
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-2);
        foreach (var position in loaded)
        {
            await admin.GetAsync($"api/scoring/scorecard?month={Month(month)}&atLeast={position}", cancel);
        }

        if (await OnceAsync(admin, $"api/scoring/months/{Month(month)}/close", new { }, "demo-close", cancel)
            && Excusable(month) is { } task)
        {
            var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
            var ticket = await gateway.TicketAsync(supervisor, task.Id, cancel);
            await OnceAsync(
                supervisor, $"api/tickets/{ticket}/excuse",
                new { reason = "The county's own mistake; its letter came after the month was closed" },
                "demo-late-excuse", cancel);
        }

        await PolicyAsync(admin, month.AddMonths(1), cancel);
    }

    private ClickUpTask? Excusable(DateOnly month) => ClickUpTask.All(clock.GetUtcNow(), settings.TimeZone)
        .FirstOrDefault(task => task.Rep.UserName == "grace" && task.Created.Year == month.Year
            && task.Created.Month == month.Month && task.IsSentBackBy(clock.GetUtcNow().AddHours(-1)));

    /// <summary>The policy in force with narrower bands for the grade, and all else as it is.</summary>
    private static async Task PolicyAsync(Session admin, DateOnly from, CancellationToken cancel)
    {
        var book = await admin.GetAsync("api/scoring/policies", cancel);
        var inForce = book!["inForce"]!.GetValue<int>();
        var policy = book["items"]!.AsArray().Single(v => v!["version"]!.GetValue<int>() == inForce)!["policy"]!
            .DeepClone();
        foreach (var (band, limit) in policy["gradeUpTo"]!.AsArray().Zip([1.5m, 4.0m, 7.0m]))
        {
            band!["limit"] = limit;
        }

        var effectiveFrom = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await admin.PostAsync(
            "api/scoring/policies", new JsonObject { ["effectiveFrom"] = effectiveFrom, ["policy"] = policy }, cancel,
            "demo-stricter-policy");
    }

    /// <summary>False where an earlier load did it, in another month.</summary>
    private async Task<bool> OnceAsync(
        Session who, string path, object body, string key, CancellationToken cancel)
    {
        try
        {
            await who.PostAsync(path, body, cancel, key);
            return true;
        }
        catch (RefusedException e) when (e.Status == System.Net.HttpStatusCode.Conflict)
        {
            logger.LogInformation("Done before: {Reason}", e.Message);
            return false;
        }
    }

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
