using System.Globalization;
using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapReviews(RouteTable routes)
    {
        MapSessions(routes);
        routes.Map("GET", "/api/coaching/weekly-reviews/{week}", ReviewsOf);
        routes.Map("POST", "/api/coaching/weekly-reviews/{week}/steps/{step}", async http =>
        {
            var mark = await http.BodyAsync<StepMark>();
            var (who, number) = (Who(http)!.UserName, int.Parse(http.Route("step")));
            var ticks = Ticks(who, http.Route("week"));
            ticks.RemoveAll(t => t.Step == number);
            if (mark.Done)
            {
                ticks.Add(new ReviewTick(number, who, TimeProvider.System.GetUtcNow(), mark.Note));
            }

            Live.Tell("reviews");
            return new CommandAnswer(ticks.Count, NextPosition());
        });
        Data.Reviews[("supervisor", "2026-W46")] =
        [
            .. Enumerable.Range(1, 5).Select(n => new ReviewTick(
                n, "supervisor", new DateTimeOffset(2026, 11, 9, 17, 4 * n, 0, TimeSpan.Zero),
                n == 3 ? "Two leads for the team briefing." : null))
        ];
        Data.Reviews[("kim", "2026-W46")] =
        [
            .. Enumerable.Range(1, 9).Select(n => new ReviewTick(
                n, n == 6 ? "admin" : "kim", new DateTimeOffset(2026, 11, 10, 18, 3 * n, 0, TimeSpan.Zero), null))
        ];
    }

    private object ReviewsOf(HttpContext http)
    {
        var (who, week) = (Who(http)!.UserName, http.Route("week"));
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(
            int.Parse(week[..4]), int.Parse(week[6..]), DayOfWeek.Monday));
        var reviews = Data.Reviews.Where(r => r.Key.Item2 == week && r.Value.Count > 0).Select(r =>
            new SupervisorReview(
                r.Key.Item1, ["titles"], [.. r.Value.OrderBy(t => t.Step)],
                r.Value.Count == 9 ? r.Value.Max(t => t.At) : null)).ToList();
        return new ReviewsOfWeek(
            week, monday, monday.AddDays(6), 9, reviews.FirstOrDefault(r => r.Supervisor == who),
            [.. reviews.Where(r => r.Supervisor != who)]);
    }

    private List<ReviewTick> Ticks(string who, string week)
    {
        if (!Data.Reviews.TryGetValue((who, week), out var ticks))
        {
            Data.Reviews[(who, week)] = ticks = [];
        }

        return ticks;
    }

    private void MapSessions(RouteTable routes)
    {
        Data.Sessions.AddRange(
        [
            new(Guid.NewGuid(), Organisation.Jasmin, Data.Tickets[3].Id, new(2026, 11, 12),
                "Went through three returned title transfers: the lien holder's signature was missing each time.",
                "supervisor")
            {
                TicketName = Data.Tickets[3].ExternalId,
                ActionItem = new("Use the signature checklist on every title transfer.", "Agent", new(2026, 11, 16))
            },
            new(Guid.NewGuid(), Organisation.Jasmin, null, new(2026, 10, 20), "Monthly one-on-one.", "supervisor")
            {
                AcknowledgedAt = new DateTimeOffset(2026, 10, 21, 16, 5, 0, TimeSpan.Zero),
                ActionItem = new("Share the county's fee table.", "Supervisor", null),
                ActionDoneAt = new DateTimeOffset(2026, 10, 22, 18, 0, 0, TimeSpan.Zero)
            },
            new(Guid.NewGuid(), Data.Agents[5].Id, null, new(2026, 11, 5),
                "Hold tickets: agreed to ask the county after two days.\nPipeline looked at together.", "supervisor")
        ]);
        routes.Map("GET", "/api/coaching/sessions", http =>
        {
            var own = Who(http)!.AgentId?.ToString();
            var (agent, ticket) = (own ?? http.Request.Query["agentId"], http.Request.Query["ticketId"].ToString());
            var found = Data.Sessions
                .Where(s => string.IsNullOrEmpty(agent) || s.AgentId.ToString() == agent)
                .Where(s => ticket.Length == 0 || s.TicketId.ToString() == ticket)
                .OrderByDescending(s => s.Date).ToList();
            var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
            return new PageOf<CoachingSession>([.. found.Skip((page - 1) * size).Take(size)], found.Count);
        });
        routes.Map("POST", "/api/coaching/sessions", AddSessionAsync);
        routes.Map("POST", "/api/coaching/sessions/{id}/acknowledge", http => Change(
            http.RouteId("id"), s => s with { AcknowledgedAt = TimeProvider.System.GetUtcNow() }));
        routes.Map("POST", "/api/coaching/sessions/{id}/action-item", async http =>
        {
            var mark = await http.BodyAsync<ActionItemMark>();
            return Change(http.RouteId("id"), s => s with
            {
                ActionDoneAt = mark.Done ? TimeProvider.System.GetUtcNow() : null
            });
        });
    }

    private async Task<object?> AddSessionAsync(HttpContext http)
    {
        var session = await http.BodyAsync<SessionChange>();
        if (string.IsNullOrWhiteSpace(session.Notes) || session.Notes.Length < 5)
        {
            return RequestReading.Invalid("notes", "are too short");
        }

        var owner = session.ActionItem?.Owner == "agent" ? "Agent" : "Supervisor";
        Data.Sessions.Add(new CoachingSession(
            Guid.NewGuid(), session.AgentId, session.TicketId, Day(session.Date), session.Notes, Who(http)!.UserName)
        {
            TicketName = session.TicketName,
            ActionItem = session.ActionItem is { } item
                ? new ActionItem(item.Text, owner, item.DueDate is { } due ? Day(due) : null)
                : null
        });
        Live.Tell("coaching");
        return new CommandAnswer(1, NextPosition());
    }

    private CommandAnswer Change(Guid id, Func<CoachingSession, CoachingSession> change)
    {
        var at = Data.Sessions.FindIndex(s => s.Id == id);
        Data.Sessions[at] = change(Data.Sessions[at]);
        Live.Tell("coaching");
        return new CommandAnswer(2, NextPosition());
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
