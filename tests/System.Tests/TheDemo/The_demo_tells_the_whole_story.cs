using System.Text.Json.Nodes;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.TheDemo;

[Collection("7 The demo")]
public sealed class The_demo_tells_the_whole_story
{
    private static readonly string[] Lists =
    [
        "/api/tickets/disputes?state=open", "/api/tickets/disputes?state=decided", "/api/tickets/overrides",
        "/api/scoring/policies", "/api/scoring/months", "/api/coaching/sessions?pageSize=200"
    ];

    [Fact]
    public async Task Disputes_a_closed_month_a_second_policy_reviews_and_coaching()
    {
        var demo = await DemoLoaded.OnceAsync();
        var (agent, grace, deepa) = (demo.Of("agent"), demo.Of("grace"), demo.Of("deepa"));
        var supervisor = await demo.SignInAsync("supervisor");
        var open = (await supervisor.GetAsync(Lists[0]))["items"]!.AsArray();
        Assert.Equal(agent, Assert.Single(open)!.AgentId());
        var decided = (await supervisor.GetAsync(Lists[1]))["items"]!.AsArray()
            .ToDictionary(d => d!.AgentId()!.Value, d => d!["accepted"]!.GetValue<bool>());
        Assert.Equal(new Dictionary<Guid, bool> { [grace] = true, [deepa] = false }, decided);

        var policies = await demo.Admin.GetAsync("/api/scoring/policies");
        var moves = await demo.Admin.GetAsync($"/api/scoring/policies/{policies.Int("inForce")}/moves");
        Assert.True(moves["counts"]!.Int("gradesMoved") > 0, moves["counts"]!.ToJsonString());

        var month = $"{DemoLoaded.Today.AddMonths(-2):yyyy-MM}";
        var adjusted = await Eventually.ValueAsync(
            () => supervisor.GetAsync($"/api/scoring/months/{month}/adjustments"), list => list.Int("total") > 0);
        Assert.Contains(adjusted["items"]!.AsArray(), a => a!.AgentId() == grace);

        var sessions = (await (await demo.SignInAsync("agent")).GetAsync("/api/coaching/sessions"))["items"]!.AsArray();
        Assert.Contains(sessions, s => s!["acknowledgedAt"] is not null && s["actionDoneAt"] is null);
        Assert.Contains(sessions, s => s!["acknowledgedAt"] is null);
        var hers = (await (await demo.SignInAsync("grace")).GetAsync("/api/coaching/sessions"))["items"]!.AsArray();
        Assert.NotNull(Assert.Single(hers)!["actionDoneAt"]);
    }

    [Fact]
    public async Task And_loading_it_again_changes_nothing()
    {
        var before = await StateAsync(await DemoLoaded.OnceAsync());
        Assert.Equal(before, await StateAsync(await DemoLoaded.LoadAsync()));
    }

    private static async Task<string> StateAsync(DemoLoaded demo)
    {
        var state = new List<string>();
        foreach (var path in Lists)
        {
            var list = await demo.Admin.GetAsync(path);
            foreach (var item in list["items"]!.AsArray())
            {
                // An open dispute grows older.
                item!.AsObject().Remove("ageHours");
            }

            state.Add(list["items"]!.ToJsonString());
        }

        var tickets = await demo.Admin.GetAsync("/api/tickets?source=clickup&pageSize=200");
        state.AddRange(tickets["items"]!.AsArray().Select(t => $"{t!.Text("ticketId")} {t!.Int("version")}").Order());
        state.Add($"{tickets.Int("total")}");
        return string.Join('\n', state);
    }
}
