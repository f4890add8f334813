using System.Net;
using Performance.Testing;

namespace Performance.Coaching;

public sealed class What_supervisors_record(CoachingApp app) : IClassFixture<CoachingApp>
{
    [Fact]
    public async Task Attendance_is_read_as_it_was_recorded_and_can_be_taken_back()
    {
        await app.PutAsync($"attendance/{app.Ann}/2026-01", new { percent = 92.5m }, app.Supervisor);
        await app.PutAsync($"attendance/{app.Ann}/2026-02", new { percent = 70 }, app.Supervisor);
        await app.CallAsync("PUT", $"attendance/{app.Ann}/2026-02", """{"percent":null}""", app.Supervisor)
            .ShouldBeAsync(HttpStatusCode.OK);
        var own = await app.GetAsync($"attendance/{app.Ann}?from=2026-01&to=2026-12", app.Token("ann"));
        var row = Assert.Single(own["items"]!.AsArray())!;
        Assert.Equal(("2026-01", 92.5m, "supervisor"), (
            row["month"]!.GetValue<string>(), row["percent"]!.GetValue<decimal>(), row["by"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_ramp_plan_is_set_and_ended()
    {
        await app.PutAsync($"ramp/{app.Bob}", new { hireMonth = "2026-02" });
        Assert.Equal("2026-02", (await app.GetAsync($"ramp/{app.Bob}"))["hireMonth"]!.GetValue<string>());
        await app.CallAsync("PUT", $"ramp/{app.Bob}", """{"hireMonth":null}""", app.Admin)
            .ShouldBeAsync(HttpStatusCode.OK);
        Assert.Null((await app.GetAsync($"ramp/{app.Bob}"))["hireMonth"]);
    }

    [Fact]
    public async Task Goals_of_a_rep_and_of_a_team_stand_beside_each_other()
    {
        await app.PutAsync($"goals/{app.Ann}", new { metric = "payments", amount = 300_000.5m, currency = "USD",
            from = "2026-01" });
        await app.PutAsync("goals/north", new { metric = "calls", amount = 430, from = "2026-01" });
        await app.CallAsync(
                "PUT", "goals/north", """{"metric":"calls","amount":null,"from":"2026-06"}""", app.Supervisor)
            .ShouldBeAsync(HttpStatusCode.OK);
        var own = Assert.Single((await app.GetAsync($"goals/{app.Ann}", app.Token("ann")))["items"]!.AsArray())!;
        Assert.Equal((300_000.5m, "USD"), (own["amount"]!.GetValue<decimal>(), own["currency"]!.GetValue<string>()));
        var team = (await app.GetAsync("goals/north", app.Token("ann")))["items"]!.AsArray();
        Assert.Equal([430m, null], team.Select(g => g!["amount"]?.GetValue<decimal>()));
    }

    [Fact]
    public async Task A_session_is_logged_read_acknowledged_and_its_action_item_done()
    {
        var ticket = Guid.NewGuid();
        var answer = await app.CallAsync(
            "POST", "sessions",
            new
            {
                agentId = app.Ann, ticketId = ticket, ticketName = "TT-100003", date = "2026-01-15",
                notes = "First line.\nSecond line.",
                actionItem = new { text = "Read the guide", owner = "agent", dueDate = "2026-02-01" }
            },
            app.Supervisor);
        Assert.True(CoachingApp.IsSuccess(answer.StatusCode));
        var id = answer.Headers.Location!.ToString().Split('/')[^1];

        await app.PostAsync($"sessions/{id}/acknowledge", new { }, app.Token("ann"));
        await app.PostAsync($"sessions/{id}/action-item", new { done = true }, app.Token("ann"));

        var session = await app.GetAsync($"sessions/{id}", app.Token("ann"));
        Assert.Equal("First line.\nSecond line.", session["notes"]!.GetValue<string>());
        Assert.Equal("supervisor", session["by"]!.GetValue<string>());
        Assert.Equal("TT-100003", session["ticketName"]!.GetValue<string>());
        Assert.Equal("Agent", session["actionItem"]!["owner"]!.GetValue<string>());
        Assert.NotNull(session["acknowledgedAt"]);
        Assert.NotNull(session["actionDoneAt"]);
        Assert.Equal(1, (await app.GetAsync($"sessions?ticketId={ticket}"))["total"]!.GetValue<int>());
        var others = await app.GetAsync($"sessions?ticketId={ticket}", app.Token("bob"));
        Assert.Equal(0, others["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Sessions_come_newest_first_in_pages()
    {
        foreach (var day in new[] { 3, 1, 2 })
        {
            await app.PostAsync("sessions", new { agentId = app.Bob, date = $"2026-01-0{day}", notes = "n" });
        }

        var page = await app.GetAsync($"sessions?agentId={app.Bob}&pageSize=2");
        Assert.Equal(3, page["total"]!.GetValue<int>());
        Assert.Equal(
            ["2026-01-03", "2026-01-02"], page["items"]!.AsArray().Select(s => s!["date"]!.GetValue<string>()));
    }

    [Fact]
    public async Task One_idempotency_key_logs_one_session()
    {
        var agent = await app.NewAgentAsync("north");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { agentId = agent, date = "2026-01-15", notes = "n" };
        await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => app.CallAsync("POST", "sessions", body, app.Admin, key)));
        Assert.Equal(1, (await app.GetAsync($"sessions?agentId={agent}"))["total"]!.GetValue<int>());
    }
}
