using System.Text.Json.Nodes;

namespace Performance.Demo;

/// <summary>
/// Agents object to rejections: one dispute waits for a supervisor, one was accepted, one declined. Each is about the
/// agent's latest returned task, and is known again by its reason.
/// </summary>
internal sealed class LoadDisputes(DemoSettings settings, GatewayClient gateway, TimeProvider clock)
{
    /// <param name="Accept">Null: nobody has decided.</param>
    private sealed record Objection(string UserName, string Reason, bool? Accept, string? Answer);

    private static readonly Objection[] Objections =
    [
        new("agent", "The signature is there, on page 2", null, null),
        new("grace", "The county lost the second page", true, "The county has found it and says so"),
        new("deepa", "The VIN is the one on the title", false, "The title shows another last digit")
    ];

    public async Task RunAsync(CancellationToken cancel)
    {
        var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
        foreach (var objection in Objections)
        {
            var self = gateway.SignIn(objection.UserName, settings.DemoPassword);
            if (await FindAsync(self, objection, cancel) is null && Disputed(objection.UserName) is { } task)
            {
                var ticket = await gateway.TicketAsync(self, task.Id, cancel);
                await self.PostAsync($"api/tickets/{ticket}/dispute", new { reason = objection.Reason }, cancel);
            }

            if (objection.Accept is { } accept
                && await FindAsync(self, objection, cancel) is { } dispute && dispute["accepted"] is null)
            {
                // Once the supervisor sees the ticket: the directory comes to the service by a feed.
                var ticket = await gateway.TicketAsync(supervisor, dispute["ticketId"]!.GetValue<string>(), cancel);
                await supervisor.PostAsync($"api/tickets/{ticket}/dispute/decide", new
                {
                    accept, reason = objection.Answer, eventId = dispute["disputeId"]!.GetValue<Guid>()
                }, cancel);
            }
        }
    }

    // An hour ago: the import's clock is a little behind this one.
    private ClickUpTask? Disputed(string userName) => ClickUpTask.All(clock.GetUtcNow(), settings.TimeZone)
        .Where(task => task.Rep.UserName == userName && task.IsSentBackBy(clock.GetUtcNow().AddHours(-1)))
        .MaxBy(task => task.Created);

    private static async Task<JsonNode?> FindAsync(Session self, Objection objection, CancellationToken cancel)
    {
        foreach (var state in (string[])["open", "decided"])
        {
            var found = await self.GetAsync($"api/tickets/disputes?state={state}&pageSize=200", cancel);
            if (found!["items"]!.AsArray().FirstOrDefault(
                item => item!["reason"]!.GetValue<string>() == objection.Reason) is { } dispute)
            {
                return dispute;
            }
        }

        return null;
    }
}
