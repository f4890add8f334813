using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>What agents logged, day by day, beside the daily average that the scorecard has.</summary>
public sealed class TheWorkLogDayByDay(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly DateOnly May = new(2024, 5, 1);

    private readonly Guid ann = Guid.NewGuid();
    private readonly Guid bob = Guid.NewGuid();
    private readonly Guid idle = Guid.NewGuid();
    private readonly string team = $"t{Guid.NewGuid():n}";

    [Fact]
    public async Task Has_each_day_with_its_target_and_the_scorecards_average()
    {
        await LogAsync();
        var agents = await AskAsync("month=2024-05");
        Assert.Equal(["Ann", "Bob", "Idle"], agents.Select(a => (string)a["name"]!));
        Assert.Equal(
            [("2024-05-01", 12L, 15m), ("2024-05-02", 18L, 15m)], Days(agents[0]));
        Assert.Equal((15m, 15m, 30L), Numbers(agents[0]));
        Assert.Equal([("2024-05-02", 20L, 20m)], Days(agents[1]));
        Assert.Empty(Days(agents[2]));
        Assert.Null(agents[2]["dailyAvg"]);

        var card = await host.Client(host.Tokens.Supervisor(team))
            .CallAsync(HttpMethod.Get, "/api/scoring/scorecard?month=2024-05").JsonAsync();
        foreach (var row in card["agents"]!.AsArray())
        {
            var agent = agents.Single(a => (Guid)a["agentId"]! == (Guid)row!["agentId"]!);
            Assert.Equal((decimal)row!["dailyAvg"]!, (decimal)agent["dailyAvg"]!);
            Assert.Equal((decimal)row["target"]!, (decimal)agent["target"]!);
        }
    }

    [Fact]
    public async Task Follows_week_day_and_assignee_and_a_day_that_is_cleared()
    {
        await LogAsync();
        Assert.Equal([("2024-05-02", 18L, 15m)], Days((await AskAsync("week=2024-W18&day=Thu"))[0]));
        Assert.Equal(["Bob"], (await AskAsync($"assignee={bob}")).Select(a => (string)a["name"]!));
        Assert.Equal([("2024-04-30", 4L, 10m)], Days((await AskAsync("month=2024-04"))[0]));
        await host.HappenedAsync([Happening.WorkDayGone(bob, May.AddDays(1))]);
        Assert.Empty(Days((await AskAsync($"assignee={bob}"))[0]));
    }

    private static IEnumerable<(string, long, decimal)> Days(JsonNode agent) => agent["days"]!.AsArray()
        .Select(d => ((string)d!["date"]!, (long)d["entries"]!, (decimal)d["target"]!));

    private static (decimal?, decimal?, long) Numbers(JsonNode agent) =>
        ((decimal?)agent["dailyAvg"], (decimal?)agent["target"], (long)agent["entries"]!);

    private async Task<List<JsonNode>> AskAsync(string query) => [.. (await host.Client(host.Tokens.Supervisor(team))
        .CallAsync(HttpMethod.Get, $"/api/scoring/work-days?{query}").JsonAsync())["agents"]!.AsArray()
        .Select(a => a!)];

    private async Task LogAsync()
    {
        foreach (var (agent, name) in new[] { (ann, "Ann"), (bob, "Bob"), (idle, "Idle") })
        {
            await host.KnowsAsync(agent, name, team);
        }

        var stranger = Guid.NewGuid();
        await host.KnowsAsync(stranger, "Stranger", "elsewhere");
        await host.HappenedAsync(
        [
            Happening.Ramp(ann, new DateOnly(2024, 4, 1)), Happening.WorkDay(ann, May, 12),
            Happening.WorkDay(ann, May.AddDays(1), 18), Happening.WorkDay(ann, May.AddDays(-1), 4),
            Happening.WorkDay(bob, May.AddDays(1), 20), Happening.WorkDay(stranger, May, 9)
        ]);
    }
}
