using System.Globalization;

namespace Performance.Demo;

/// <summary>
/// Coaching sessions: read and done, read and overdue, and those of this week that nobody has read yet. A session's id
/// follows from whose and when, so that it is logged once.
/// </summary>
internal sealed class LoadSessions(DemoSettings settings, GatewayClient gateway)
{
    private const string Returned =
        "Went through the returned work; agreed to check every form against the list.";

    private const string Trend = "Looked at the last weeks together: fewer returns, and the same two causes in them.";

    /// <param name="Due">Days after the session.</param>
    /// <param name="Read">Acknowledged by the agent, who has a sign-in.</param>
    /// <param name="Done">The action item is done.</param>
    private sealed record Held(
        string Agent, DateOnly Date, string Notes, string Action, string Owner, int Due, bool Read, bool Done);

    public async Task RunAsync(IReadOnlyDictionary<string, Guid> agents, DateOnly today, CancellationToken cancel)
    {
        var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
        foreach (var held in Sessions(today))
        {
            var id = Chance.Id("session", held.Agent, held.Date.DayNumber);
            var due = held.Date.AddDays(held.Due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var date = held.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await supervisor.PostAsync("api/coaching/sessions", new
            {
                id, agentId = agents[held.Agent], date, notes = held.Notes,
                actionItem = new { text = held.Action, owner = held.Owner, dueDate = due }
            }, cancel);
            if (held.Read)
            {
                var self = gateway.SignIn(
                    Organisation.Reps.Single(rep => rep.Name == held.Agent).UserName, settings.DemoPassword);
                await self.PostAsync($"api/coaching/sessions/{id}/acknowledge", new { }, cancel, $"demo-read-{id}");
            }

            if (held.Done)
            {
                await supervisor.PostAsync(
                    $"api/coaching/sessions/{id}/action-item", new { done = true }, cancel, $"demo-done-{id}");
            }
        }
    }

    private static IEnumerable<Held> Sessions(DateOnly today)
    {
        var lastMonth = new DateOnly(today.Year, today.Month, 15).AddMonths(-1);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        const string checklist = "Use the checklist for every form";
        const string sample = "Bring three returned forms to the next talk";
        return
        [
            new("Resolver 17", new(2016, 4, 11), Returned, checklist, "agent", 14, false, true),
            new("Resolver 17", new(2016, 5, 9), Trend, sample, "agent", 14, false, false),
            new("Resolver 115", new(2016, 4, 18), Returned, checklist, "supervisor", 7, false, true),
            new(Organisation.Of("grace").Name, lastMonth, Returned, checklist, "agent", 14, true, true),
            // Overdue from the 29th of that month on.
            new(Organisation.Agent.Name, lastMonth, Trend, sample, "agent", 14, true, false),
            new(Organisation.Of("deepa").Name, lastMonth, Returned, "Sit in on a day of Carla's", "supervisor", 14,
                false, false),
            new(Organisation.Agent.Name, monday, Trend, checklist, "agent", 10, false, false)
        ];
    }
}
