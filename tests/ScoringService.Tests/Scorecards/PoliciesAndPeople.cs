using System.Net;
using System.Text.Json.Nodes;
using Performance.Scoring.ScorePolicies;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class PoliciesAndPeople : IAsyncLifetime
{
    private readonly ScoringHost host = new();
    private readonly Guid ann = Guid.NewGuid();
    private readonly Guid bob = Guid.NewGuid();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_month_is_scored_with_the_policy_of_its_last_day()
    {
        await host.HappenedAsync([.. Story(ann, 9, rejected: false), .. Story(ann, 1, rejected: true)]);
        Assert.Equal("C", (string?)(await RowAsync(ann))["grade"]);
        var strict = ScorePolicy.Default with { GradeUpTo = [new(1m, "A")] };
        var answer = await Admin().CallAsync(
            HttpMethod.Post, "/api/scoring/policies",
            new { effectiveFrom = "2024-01-31", policy = strict }).JsonAsync();
        Assert.Equal("D", (string?)(await RowAsync(ann, $"&atLeast={answer["position"]}"))["grade"]);
        answer = await Admin().CallAsync(
            HttpMethod.Post, "/api/scoring/policies",
            new { effectiveFrom = "2024-02-01", policy = ScorePolicy.Default }).JsonAsync();
        Assert.Equal("D", (string?)(await RowAsync(ann, $"&atLeast={answer["position"]}"))["grade"]);
        var list = await Admin().CallAsync(HttpMethod.Get, "/api/scoring/policies").JsonAsync();
        Assert.Equal((3, 3), ((int)list["total"]!, (int)list["inForce"]!));
    }

    [Fact]
    public async Task With_credit_at_rejection_it_falls_on_who_had_the_ticket_then()
    {
        await host.HappenedAsync(
        [
            new Story(agent: ann).IsRejected("X").GoesTo(bob).Moves("Closed"),
            new Story(agent: bob).Moves("Closed")
        ]);
        Assert.Equal((2L, 1L, 1L, 1L), Numbers(await RowAsync(bob)));
        var policy = ScorePolicy.Default with { RejectionCredit = RejectionCredit.AtRejection };
        var answer = await Admin().CallAsync(
            HttpMethod.Post, "/api/scoring/policies", new { effectiveFrom = "2020-01-01", policy }).JsonAsync();
        var at = $"&atLeast={answer["position"]}";
        Assert.Equal((2L, 0L, 0L, 0L), Numbers(await RowAsync(bob, at)));
        Assert.Equal((0L, 1L, 1L, 1L), Numbers(await RowAsync(ann)));
        foreach (var measure in new[] { "failedFirstPass", "rejected", "rejectEvents", "allocated", "reRejected" })
        {
            foreach (var agent in new[] { ann, bob })
            {
                var list = await Admin().CallAsync(
                    HttpMethod.Get,
                    $"/api/scoring/scorecard/{agent}/tickets?month=2024-01&measure={measure}").JsonAsync();
                Assert.Equal((long)(await RowAsync(agent))[measure]!, (long)list["total"]!);
            }
        }
    }

    [Fact]
    public async Task After_a_merge_all_history_follows_the_kept_record()
    {
        await host.KnowsAsync(ann, "Ann");
        await host.HappenedAsync([.. Story(ann, 2, rejected: false), .. Story(bob, 3, rejected: true)]);
        await host.HappenedAsync(
        [
            Happening.Attendance(bob, 2024, 1, 80), Happening.WorkDay(bob, new(2024, 1, 2), 10),
            Happening.Call(bob, Tickets()), Happening.Call(ann, Tickets()), Happening.Merge(ann, bob)
        ]);
        var card = await CardAsync();
        var row = Assert.Single(card["agents"]!.AsArray())!;
        Assert.Equal((ann.ToString(), "Ann", 5L, 3L, 80m, 10m),
            ((string)row["agentId"]!, (string)row["name"]!, (long)row["allocated"]!, (long)row["rejected"]!,
                (decimal)row["attendance"]!, (decimal)row["dailyAvg"]!));
        var list = await Admin().CallAsync(
            HttpMethod.Get, $"/api/scoring/scorecard/{bob}/tickets?measure=rejected").JsonAsync();
        Assert.Equal(3, (int)list["total"]!);
        var my = await host.Client(host.Tokens.Agent(ann)).CallAsync(
            HttpMethod.Get, "/api/scoring/my?month=2024-01").JsonAsync();
        Assert.Equal(2m, (decimal)my["cards"]!.AsArray().Single(c => (string?)c!["metric"] == "calls")!["value"]!);
    }

    [Fact]
    public async Task Everybody_sees_the_rows_and_totals_of_their_own_scope()
    {
        await host.KnowsAsync(ann, "Ann", "east", "claims");
        await host.KnowsAsync(bob, "Bob", "west", "claims");
        await host.HappenedAsync([.. Story(ann, 2, false), .. Story(bob, 3, false), new Story()]);
        (string Token, int Rows, int Allocated)[] expected =
        [
            (host.Tokens.Agent(ann), 1, 2), (host.Tokens.Supervisor("west"), 1, 3),
            (host.Tokens.Supervisor("east", "west"), 2, 5), (host.Tokens.DepartmentHead("claims"), 2, 5),
            (host.Tokens.Supervisor("north"), 0, 0), (host.Tokens.Admin(), 3, 6)
        ];
        foreach (var (token, rows, allocated) in expected)
        {
            var card = await host.Client(token).CallAsync(HttpMethod.Get, "/api/scoring/scorecard").JsonAsync();
            Assert.Equal((rows, allocated),
                (card["agents"]!.AsArray().Count, (int)card["kpis"]!["allocated"]!));
        }

        var others = await host.Client(host.Tokens.Agent(ann))
            .CallAsync(HttpMethod.Get, $"/api/scoring/scorecard?assignee={bob}").JsonAsync();
        Assert.Equal(0, (int)others["kpis"]!["allocated"]!);
    }

    [Fact]
    public async Task A_setting_is_changed_once_and_a_stale_if_match_is_refused()
    {
        var put = (string body, (string, string)[] headers) => Admin().CallAsync(
            HttpMethod.Put, "/api/scoring/settings", body, null, headers);
        var first = await put("{\"financialYearStart\":4}", [("Idempotency-Key", "k1")]).JsonAsync();
        var again = await put("{\"financialYearStart\":4}", [("Idempotency-Key", "k1")]).JsonAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        await put("{\"financialYearStart\":5}", [("If-Match", "\"1\"")])
            .ShouldBeAsync(HttpStatusCode.PreconditionFailed);
        var settings = await Admin().CallAsync(
            HttpMethod.Get, $"/api/scoring/settings?atLeast={first["position"]}").JsonAsync();
        Assert.Equal(4, (int)settings["financialYearStart"]!);
    }

    private static Story[] Story(Guid agent, int count, bool rejected) =>
    [
        .. Enumerable.Range(0, count).Select(_ => rejected
            ? new Story(agent: agent).IsRejected("X").Moves("Closed") : new Story(agent: agent).Moves("Closed"))
    ];

    private static DateTimeOffset Tickets() => Scoring.Story.Beginning;

    private static (long, long, long, long) Numbers(JsonNode row) => (
        (long)row["allocated"]!, (long)row["rejected"]!, (long)row["failedFirstPass"]!, (long)row["rejectEvents"]!);

    private HttpClient Admin() => host.Client(host.Tokens.Admin());

    private Task<JsonNode> CardAsync(string more = "") =>
        Admin().CallAsync(HttpMethod.Get, "/api/scoring/scorecard?month=2024-01" + more).JsonAsync();

    private async Task<JsonNode> RowAsync(Guid agent, string more = "") =>
        (await CardAsync(more))["agents"]!.AsArray().Single(r => (string?)r!["agentId"] == agent.ToString())!;
}
