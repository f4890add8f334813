using Performance.Testing;
using Performance.Testing.Answers;

namespace Performance.Coaching;

/// <summary>Every answer that the portal reads is as recorded: a story in which each has something to say.</summary>
public sealed class What_the_portal_is_answered(CoachingApp app) : IClassFixture<CoachingApp>
{
    private readonly AnswerBook book = new("coaching");

    [Fact]
    public async Task Is_as_it_is_recorded()
    {
        var (agent, ann) = (await app.NewAgentAsync(), app.Ann.ToString());
        await TakeAsync("POST", "agents", "agents", new { name = "Cal", email = "cal@example.org", teamId = "north" });
        await TakeAsync(
            "PUT", "agents/{id}", $"agents/{ann}",
            new { name = "Ann", email = "ann@example.org", teamId = "north", country = "US" });
        await TakeAsync("POST", "agents/merge", "agents/merge", new { keep = ann, merge = agent });
        await TakeAsync("GET", "agents", "agents?pageSize=500");
        await TakeAsync("PUT", "teams/{id}", "teams/north", new
        {
            name = "North", departmentId = "sales", distributes = "Cases"
        });
        await TakeAsync("GET", "teams", "teams");
        await TakeAsync("PUT", "departments/{id}", "departments/sales", new { name = "Sales" });
        await TakeAsync("GET", "departments", "departments");
        await TakeAsync("PUT", "attendance/{agentId}/{month}", $"attendance/{ann}/2026-01", new { percent = 95.5m });
        await TakeAsync("GET", "attendance/{agentId}", $"attendance/{ann}");
        await TakeAsync("PUT", "ramp/{agentId}", $"ramp/{ann}", new { hireMonth = "2026-01" });
        await TakeAsync("GET", "ramp/{agentId}", $"ramp/{ann}");
        await TakeAsync("PUT", "goals/{owner}", $"goals/{ann}", new
        {
            metric = "payments", amount = 400, currency = "USD", from = "2026-01"
        });
        await TakeAsync("GET", "goals/{owner}", $"goals/{ann}");
        await SessionsAsync(ann);
        await TakeAsync(
            "POST", "weekly-reviews/{week}/steps/{step}", "weekly-reviews/2026-W03/steps/1",
            new { done = true, note = "Looked at all." }, app.Supervisor);
        await TakeAsync("GET", "weekly-reviews/{week}", "weekly-reviews/2026-W03", null, app.Supervisor);
        await TakeAsync("GET", "weekly-reviews/{week} others", "weekly-reviews/2026-W03");
        await TakeAsync("GET", "backup/mirror", "backup/mirror");
        await TakeAsync("POST", "backup", "backup?dryRun=true", new
        {
            format = "performance-portal-data", version = 1, exportedAt = "2026-11-01T00:00:00Z",
            attendance = new[] { new { agentId = ann, month = "2026-02", percent = 101, by = "x", at = "2026-03-01" } }
        });
        await TakeAsync(
            "PUT", "attendance/{agentId}/{month} problem", $"attendance/{ann}/2026-01", new { percent = 101 });
        await TakeAsync("GET", "attendance/{agentId} forbidden", $"attendance/{ann}", null, app.Token("bob"));
        book.ShouldBeTheSame();
    }

    private async Task SessionsAsync(string ann)
    {
        var id = Guid.NewGuid();
        await TakeAsync("POST", "sessions", "sessions", new
        {
            id, agentId = ann, ticketId = Guid.NewGuid(), ticketName = "T-1", date = "2026-01-15", notes = "Talked.",
            actionItem = new { text = "Read the guide", owner = "agent", dueDate = "2026-02-01" }
        });
        await TakeAsync(
            "POST", "sessions/{id}/acknowledge", $"sessions/{id}/acknowledge", new { }, app.Token("ann"));
        await TakeAsync("POST", "sessions/{id}/action-item", $"sessions/{id}/action-item", new { done = true });
        await TakeAsync("GET", "sessions", $"sessions?agentId={ann}");
    }

    private Task TakeAsync(string method, string route, string path, object? body = null, string? token = null) =>
        book.TakeAsync($"{method} /api/coaching/{route}", app.CallAsync(method, path, body, token ?? app.Admin));
}
