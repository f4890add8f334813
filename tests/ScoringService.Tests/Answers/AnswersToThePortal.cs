using System.Text.Json.Nodes;
using Performance.Testing;
using Performance.Testing.Answers;

namespace Performance.Scoring;

/// <summary>Every answer that the portal reads is as recorded: a story in which each has something to say.</summary>
public sealed class AnswersToThePortal : IAsyncLifetime
{
    private const string InBetween = "asOf=2024-01-03T00:00:00Z";
    private readonly ScoringHost host = new();
    private readonly AnswerBook book = new("scoring");
    private readonly Guid ann = Guid.NewGuid();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task About_tickets_and_what_they_add_up_to()
    {
        await HappenedAsync();
        await GetAsync("GET /api/scoring/scorecard", "scorecard?month=2024-01");
        await GetAsync("GET /api/scoring/department", "department?month=2024-01");
        await GetAsync("GET /api/scoring/filters", "filters");
        const string Tickets = "GET /api/scoring/scorecard/{agentId}/tickets";
        await GetAsync($"{Tickets} allocated", "scorecard/all/tickets?measure=allocated");
        await GetAsync($"{Tickets} allocated then", $"scorecard/all/tickets?measure=allocated&{InBetween}");
        await GetAsync($"{Tickets} rejectEvents", "scorecard/all/tickets?measure=rejectEvents");
        await GetAsync($"{Tickets} rejectEvents then", $"scorecard/all/tickets?measure=rejectEvents&{InBetween}");
        await GetAsync($"{Tickets} coachingSessions", $"scorecard/{ann}/tickets?measure=coachingSessions");
        await GetAsync("GET /api/scoring/scorecard/all/tickets", "scorecard/all/tickets?measure=coachingSessions");
        await GetAsync("GET /api/scoring/agents/{agentId}/grade", $"agents/{ann}/grade?month=2024-01");
        await GetAsync("GET /api/scoring/pipeline", "pipeline");
        await GetAsync("GET /api/scoring/escalations", "escalations");
        await GetAsync("GET /api/scoring/rejections", "rejections");
        await GetAsync("GET /api/scoring/history", "history?year=2024");
        await GetAsync("GET /api/scoring/work-days", "work-days?month=2024-01");
        var now = DateTimeOffset.UtcNow;
        await host.HappenedAsync(new Story(agent: ann) { CreatedAt = now }.After(now - Story.Beginning)
            .IsRejected("Wrong fee").Moves("Closed"));
        await GetAsync("GET /api/scoring/coaching-due", "coaching-due");
        await GetAsync("GET /api/scoring/charts/causes", "charts/causes");
        await GetAsync("GET /api/scoring/charts/pulse", "charts/pulse");
        await GetAsync("GET /api/scoring/scorecard problem", "scorecard?month=never");
        await GetAsync("GET /api/scoring/agents/{agentId}/grade missing", $"agents/{Guid.NewGuid()}/grade");
        book.ShouldBeTheSame();
    }

    [Fact]
    public async Task About_the_past_closed_months_and_policies()
    {
        await HappenedAsync();
        await GetAsync("GET /api/scoring/asof/differences", $"asof/differences?month=2024-01&{InBetween}");
        var groups = new JsonObject
        {
            ["defectCategories"] = new JsonArray(new JsonObject
            {
                ["category"] = "Forms", ["labels"] = new JsonArray("X", "Y")
            })
        };
        await book.TakeAsync("PUT /api/scoring/settings", Admin().CallAsync(
            HttpMethod.Put, "/api/scoring/settings", groups));
        await GetAsync("GET /api/scoring/settings", "settings");
        await book.TakeAsync("PUT /api/scoring/settings invalid", Admin().CallAsync(
            HttpMethod.Put, "/api/scoring/settings", new JsonObject { ["businessZone"] = "Pacific" }));
        var first = await GetAsync("GET /api/scoring/policies", "policies");
        var policy = first["items"]![0]!["policy"]!.DeepClone();
        policy["gradeUpTo"] = new JsonArray(new JsonObject { ["limit"] = 99m, ["grade"] = "A" });
        var draft = new JsonObject
        {
            ["effectiveFrom"] = "2024-01-01", ["policy"] = policy, ["from"] = "2024-01", ["to"] = "2024-02",
            ["throughout"] = true
        };
        await PostAsync("POST /api/scoring/policies/simulate", "policies/simulate", draft);
        var published = new JsonObject { ["effectiveFrom"] = "2024-01-01", ["policy"] = policy.DeepClone() };
        await PostAsync("POST /api/scoring/policies", "policies", published.DeepClone());
        await host.UpToDateAsync();
        await GetAsync("GET /api/scoring/policies/{version}/moves", "policies/2/moves");
        await book.TakeAsync("POST /api/scoring/policies stale", Admin().CallAsync(
            HttpMethod.Post, "/api/scoring/policies", published, null, ("If-Match", "\"1\"")));

        await PostAsync("POST /api/scoring/months/{month}/close", "months/2024-01/close", new JsonObject());
        await host.UpToDateAsync();
        await host.HappenedAsync([Happening.Attendance(ann, 2024, 1, 60)]);
        await GetAsync("GET /api/scoring/months", "months");
        await GetAsync("GET /api/scoring/months/{month}/adjustments", "months/2024-01/adjustments");
        await PostAsync(
            "POST /api/scoring/months/{month}/reopen", "months/2024-01/reopen",
            new JsonObject { ["reason"] = "A county answered late." });
        await PostAsync(
            "POST /api/scoring/months/{month}/close conflict", "months/2199-01/close", new JsonObject());
        book.ShouldBeTheSame();
    }

    [Fact]
    public async Task About_a_representatives_own_month()
    {
        var now = DateTimeOffset.UtcNow;
        var before = now.AddMonths(-1);
        await host.HappenedAsync(
        [
            Happening.Call(ann, now), Happening.Call(ann, before), Happening.Payment(ann, now, 12.5m),
            Happening.Payment(ann, before, 9m), Happening.Raised(ann, now), Happening.Completed(ann, now),
            Happening.Complaint(ann, now, "c1"), Happening.Resolved(ann, now.AddMinutes(1), "c1"),
            Happening.Goal(ann, null, "calls", 40, new(now.Year, 1, 1)),
            Happening.Goal(ann, null, "payments", 90, new(now.Year, 1, 1), "USD")
        ]);
        var rep = host.Client(host.Tokens.Agent(ann));
        async Task MineAsync(string call, string path) =>
            await book.TakeAsync(call, rep.CallAsync(HttpMethod.Get, "/api/scoring/" + path));
        await MineAsync("GET /api/scoring/my", "my");
        await MineAsync("GET /api/scoring/my/week", "my/week");
        foreach (var metric in new[] { "payments", "services", "complaints", "calls" })
        {
            await MineAsync($"GET /api/scoring/my/{{metric}} {metric}", $"my/{metric}");
        }

        await MineAsync("GET /api/scoring/policies forbidden", "policies");
        book.ShouldBeTheSame();
    }

    private async Task HappenedAsync()
    {
        await host.KnowsAsync(ann, "Ann", "east", "claims");
        var done = new Story(agent: ann).IsRejected("Wrong fee").After(TimeSpan.FromDays(2)).Moves("Closed");
        var held = new Story("On Hold", ann).IsRejected("Wrong fee").IsRejected("VIN mismatch");
        await host.HappenedAsync(
            [done, held.IsExcused(held.Last), new Story(agent: ann).Moves("Closed"), new Story().IsRejected("X")]);
        await host.HappenedAsync(
        [
            Happening.Attendance(ann, 2024, 1, 88), Happening.WorkDay(ann, new(2024, 1, 2), 12),
            Happening.Session(ann, new(2024, 1, 3), done.TicketId)
        ]);
    }

    private Task<JsonNode> GetAsync(string call, string path) =>
        book.TakeAsync(call, Admin().CallAsync(HttpMethod.Get, "/api/scoring/" + path));

    private Task<JsonNode> PostAsync(string call, string path, JsonNode body) =>
        book.TakeAsync(call, Admin().CallAsync(HttpMethod.Post, "/api/scoring/" + path, body.ToJsonString()));

    private HttpClient Admin() => host.Client(host.Tokens.Admin());
}
