using System.Net;
using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Coaching;

public sealed class The_directory(CoachingApp app) : IClassFixture<CoachingApp>
{
    [Fact]
    public async Task Keeps_names_and_addresses_out_of_every_event()
    {
        var id = Guid.NewGuid();
        await app.PutAsync($"agents/{id}", new { name = "Quetzalcoatl", email = "quetzal@example.org" });
        await app.PutAsync($"agents/{id}", new { name = "Quetzalcoatl II", email = "quetzal@example.org" });
        Assert.Equal(3, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1", id));
        Assert.Equal(0, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where data::text ilike '%quetzal%'"));
        Assert.Equal("Quetzalcoatl II", (await app.GetAsync($"agents/{id}"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Answers_version_and_position_and_takes_a_repeat_for_done()
    {
        var id = Guid.NewGuid();
        var first = await app.PutAsync($"agents/{id}", new { name = "Same" });
        var again = await app.PutAsync($"agents/{id}", new { name = "Same" });
        Assert.Equal(first["version"]!.GetValue<long>(), again["version"]!.GetValue<long>());
        Assert.Equal(2, first["position"]!.GetValue<long>() % 8);
    }

    [Fact]
    public async Task Refuses_a_change_of_what_was_changed_since()
    {
        var id = await app.NewAgentAsync();
        var etag = (await app.CallAsync("GET", $"agents/{id}", null, app.Admin)).Headers.ETag!.Tag;
        await app.CallAsync("PUT", $"agents/{id}", new { name = "One" }, app.Admin, ("If-Match", etag))
            .ShouldBeAsync(HttpStatusCode.OK);
        await app.CallAsync("PUT", $"agents/{id}", new { name = "Two" }, app.Admin, ("If-Match", etag))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal("One", (await app.GetAsync($"agents/{id}"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Registers_one_agent_for_one_idempotency_key()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { name = "Once only", teamId = "north" };
        var first = await app.CallAsync("POST", "agents", body, app.Admin, key).JsonAsync();
        var again = await app.CallAsync("POST", "agents", body, app.Admin, key).JsonAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(1, (await app.GetAsync("agents?search=once only"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Keeps_both_records_of_a_merge_and_lets_history_follow()
    {
        var (keep, merge) = (await app.NewAgentAsync("north"), await app.NewAgentAsync("south"));
        await app.PutAsync($"attendance/{merge}/2026-02", new { percent = 88.5m });
        await app.PutAsync($"attendance/{keep}/2026-03", new { percent = 91m });
        await app.PutAsync($"ramp/{merge}", new { hireMonth = "2025-11" });
        await app.PutAsync($"goals/{merge}", new { metric = "calls", amount = 300, from = "2026-01" });
        await app.PostAsync("sessions", new { agentId = merge, date = "2026-02-02", notes = "Before the merge." });

        await app.PostAsync("agents/merge", new { keep, merge });

        var old = await app.GetAsync($"agents/{merge}");
        Assert.Equal((keep, false), (old["mergedInto"]!.GetValue<Guid>(), old["active"]!.GetValue<bool>()));
        var months = (await app.GetAsync($"attendance/{keep}?from=2026-01&to=2026-04"))["items"]!.AsArray();
        Assert.Equal(["2026-02", "2026-03"], months.Select(m => m!["month"]!.GetValue<string>()));
        Assert.Equal("2025-11", (await app.GetAsync($"ramp/{keep}"))["hireMonth"]!.GetValue<string>());
        Assert.Equal(1, (await app.GetAsync($"goals/{keep}"))["total"]!.GetValue<int>());
        Assert.Equal(1, (await app.GetAsync($"sessions?agentId={keep}"))["total"]!.GetValue<int>());
        Assert.Equal(1, (await app.GetAsync($"sessions?agentId={keep}", app.Supervisor))["total"]!.GetValue<int>());

        foreach (var (k, m) in new[] { (keep, merge), (merge, keep), (keep, keep) })
        {
            await app.CallAsync("POST", "agents/merge", new { keep = k, merge = m }, app.Admin)
                .ProblemAsync(HttpStatusCode.Conflict);
        }

        foreach (var (path, body) in new (string, object)[]
        {
            ($"attendance/{merge}/2026-04", new { percent = 1 }), ($"agents/{merge}", new { name = "X" }),
            ($"ramp/{merge}", new { hireMonth = "2026-01" })
        })
        {
            var problem = await app.CallAsync("PUT", path, body, app.Admin).ProblemAsync(HttpStatusCode.Conflict);
            Assert.Equal(keep, problem["mergedInto"]!.GetValue<Guid>());
        }
    }

    [Fact]
    public async Task Makes_no_circle_out_of_merges_at_the_same_time()
    {
        var agents = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.NewAgentAsync()));
        var tries = agents.SelectMany(keep => agents.Where(a => a != keep).Select(merge => (keep, merge)));
        var answers = await Task.WhenAll(tries.Select(t =>
            app.CallAsync("POST", "agents/merge", new { t.keep, t.merge }, app.Admin)));
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict));
        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.OK), 1, 5);

        var records = (await app.GetAsync("agents?pageSize=500"))["items"]!.AsArray()
            .ToDictionary(a => a!["id"]!.GetValue<Guid>(), a => Merged(a!));
        Assert.All(agents, a => Assert.True(records[a] is not { } root || records[root] is null));
    }

    [Fact]
    public async Task Lists_by_pages()
    {
        await app.NewAgentAsync();
        var all = await app.GetAsync("agents?pageSize=500");
        var second = await app.GetAsync("agents?page=2&pageSize=1");
        Assert.Equal(all["total"]!.GetValue<int>(), all["items"]!.AsArray().Count);
        Assert.Equal(all["items"]![1]!["id"]!.GetValue<Guid>(), second["items"]![0]!["id"]!.GetValue<Guid>());
    }

    private static Guid? Merged(JsonNode agent) => agent["mergedInto"]?.GetValue<Guid>();
}
