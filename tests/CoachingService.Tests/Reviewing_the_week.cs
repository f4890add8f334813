using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Coaching;

public sealed class Reviewing_the_week(CoachingApp app) : IClassFixture<CoachingApp>
{
    [Fact]
    public async Task Nine_steps_are_done_one_by_one_and_read_back_with_who_and_when()
    {
        Assert.Null((await app.GetAsync("weekly-reviews/2026-W05", app.Supervisor))["mine"]);
        foreach (var step in Enumerable.Range(1, 9))
        {
            await MarkAsync("2026-W05", step, new { done = true, note = $"note {step}" }, app.Supervisor);
        }

        var review = await app.GetAsync("weekly-reviews/2026-W05", app.Supervisor);
        Assert.Equal(("2026-01-26", "2026-02-01"), (Text(review, "from"), Text(review, "to")));
        var steps = review["mine"]!["steps"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, 9), steps.Select(s => s!["step"]!.GetValue<int>()));
        Assert.All(steps, s => Assert.Equal("supervisor", Text(s!, "by")));
        Assert.Equal("note 4", Text(steps[3]!, "note"));
        Assert.NotNull(review["mine"]!["completedAt"]);
    }

    [Fact]
    public async Task A_tick_is_taken_back()
    {
        await MarkAsync("2026-W06", 2, new { done = true }, app.Supervisor);
        await MarkAsync("2026-W06", 2, new { done = false }, app.Supervisor);
        var review = await app.GetAsync("weekly-reviews/2026-W06", app.Supervisor);
        Assert.Empty(review["mine"]!["steps"]!.AsArray());
    }

    [Fact]
    public async Task It_is_read_by_the_head_of_the_department_by_those_of_the_team_and_by_admins()
    {
        await MarkAsync("2026-W07", 1, new { done = true }, app.Supervisor);
        async Task<string> SeenAsync(string token) => string.Join(' ',
            (await app.GetAsync("weekly-reviews/2026-W07", token))["others"]!.AsArray()
            .Select(r => Text(r!, "supervisor")));
        Assert.Equal("supervisor", await SeenAsync(app.Token("head sales")!));
        Assert.Equal("supervisor", await SeenAsync(app.Token("lead north")!));
        Assert.Equal("supervisor", await SeenAsync(app.Admin));
        Assert.Equal("", await SeenAsync(app.Token("head service")!));
        Assert.Equal("", await SeenAsync(app.Token("lead south")!));
    }

    [Fact]
    public async Task An_admin_stands_in_and_the_review_says_so()
    {
        var body = new { done = true, supervisor = "supervisor" };
        var path = "weekly-reviews/2026-W08/steps/6";
        await app.ShouldChangeNothingAsync(() =>
            app.CallAsync("POST", path, body, app.Admin).ProblemAsync(HttpStatusCode.NotFound));
        await MarkAsync("2026-W08", 1, new { done = true }, app.Supervisor);
        await app.CallAsync("POST", path, body, app.Admin).ShouldBeAsync(HttpStatusCode.OK);
        await app.ShouldChangeNothingAsync(() =>
            app.CallAsync("POST", path, body, app.Token("lead north")).ProblemAsync(HttpStatusCode.Forbidden));

        var steps = (await app.GetAsync("weekly-reviews/2026-W08", app.Supervisor))["mine"]!["steps"]!.AsArray();
        Assert.Equal(["supervisor", "admin"], steps.Select(s => Text(s!, "by")));
    }

    [Fact]
    public async Task Two_clicks_at_once_and_a_repeat_are_one_event()
    {
        var before = await EventsAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => app.CallAsync(
            "POST", "weekly-reviews/2026-W09/steps/5", new { done = true }, app.Supervisor,
            n % 2 == 0 ? [key] : []).ShouldBeAsync(HttpStatusCode.OK)));
        Assert.Equal(before + 1, await EventsAsync());
    }

    [Fact]
    public async Task A_stale_tick_is_refused()
    {
        await MarkAsync("2026-W04", 1, new { done = true }, app.Supervisor);
        await app.CallAsync(
                "POST", "weekly-reviews/2026-W04/steps/2", new { done = true }, app.Supervisor, ("If-Match", "\"0\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
    }

    private Task MarkAsync(string week, int step, object body, string token) =>
        app.PostAsync($"weekly-reviews/{week}/steps/{step}", body, token);

    private Task<long> EventsAsync() => app.Database.ScalarAsync<long>("select count(*) from mt_events");

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
