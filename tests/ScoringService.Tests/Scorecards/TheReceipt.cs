using System.Text.Json.Nodes;
using Performance.Scoring.ScorePolicies;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Random histories: the receipt of every agent and month recomputes to the row of the scorecard.</summary>
public sealed class TheReceipt(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Its_numbers_recompute_to_the_row(int seed)
    {
        var policy = seed == 1 ? ScorePolicy.Default : RandomPolicies.Of(seed * 7);
        await HappenAsync(seed);
        var published = await Admin().CallAsync(
            HttpMethod.Post, "/api/scoring/policies", new { effectiveFrom = "2020-01-01", policy }).JsonAsync();
        foreach (var month in Enumerable.Range(1, 12).Select(m => $"2024-{m:00}"))
        {
            var card = await ReadAsync($"scorecard?month={month}&atLeast={published["position"]}");
            foreach (var row in card["agents"]!.AsArray().Where(r => r!["agentId"] is not null))
            {
                var receipt = await ReadAsync($"agents/{row!["agentId"]}/grade?month={month}");
                Assert.Equal(row.ToJsonString(), receipt["inputs"]!.ToJsonString());
                ShouldAddUp(receipt, row);
                ShouldListWhatCounted(receipt, row);
                Assert.Equal((int)card["policyVersion"]!, (int)receipt["policyVersion"]!);
            }
        }
    }

    private static void ShouldAddUp(JsonNode receipt, JsonNode row)
    {
        var components = receipt["components"]!.AsArray();
        Assert.Equal((decimal)row["score"]!, components.Sum(c => (decimal)c!["points"]!));
        Assert.Equal((decimal)row["score"]!, (decimal)receipt["score"]!);
        Assert.Equal(
            (decimal)row["measuredMax"]!,
            components.Where(c => c!["value"] is not null).Sum(c => (decimal)c!["max"]!));
        Assert.All(components, c => Assert.InRange((decimal)c!["points"]!, 0, (decimal)c["max"]!));
        string[] values = ["firstPassRate", "reRejectionRate", "rejectRate", "attendance", "dailyAvg"];
        Assert.Equal(
            values.Select(name => (decimal?)row[name]), components.Select(c => (decimal?)c!["value"]));
        foreach (var name in new[] { "grade", "baseGrade", "scoreBand", "gradeNote" })
        {
            Assert.Equal((string?)row[name], (string?)receipt[name]);
        }

        Assert.Equal((int)row["drop"]!, (int)receipt["drop"]!);
    }

    private static void ShouldListWhatCounted(JsonNode receipt, JsonNode row)
    {
        var events = receipt["events"]!.AsArray().Select(e => (string)e!["measure"]!).ToList();
        foreach (var measure in new[] { "failedFirstPass", "rejected", "reRejected", "rejectEvents" })
        {
            Assert.Equal((measure, (int)row[measure]!), (measure, events.Count(e => e == measure)));
        }
    }

    private async Task HappenAsync(int seed)
    {
        var random = new Random(seed);
        await host.HappenedAsync([.. Enumerable.Range(seed * 9_000, 150).Select(s => Stories.Of(s))]);
        await host.HappenedAsync(
        [
            .. Stories.Agents.SelectMany(agent => Enumerable.Range(1, 12).Select(month =>
                Happening.Attendance(agent, 2024, month, random.Next(3) == 0 ? null : random.Next(1_001) / 10m))),
            .. Stories.Agents.SelectMany(agent => Enumerable.Range(0, 60).Select(_ => Happening.WorkDay(
                agent, new DateOnly(2024, 1, 1).AddDays(random.Next(250)), random.Next(30)))),
            Happening.Ramp(Stories.Agents[random.Next(5)], new(2024, random.Next(1, 12), 1))
        ]);
    }

    private HttpClient Admin() => host.Client(host.Tokens.Admin());

    private Task<JsonNode> ReadAsync(string path) =>
        Admin().CallAsync(HttpMethod.Get, "/api/scoring/" + path).JsonAsync();
}
