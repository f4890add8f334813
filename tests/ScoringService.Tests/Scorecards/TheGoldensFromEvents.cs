using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>The goldens of scorecard.md through the API, from events.</summary>
public sealed class TheGoldensFromEvents(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task Jasmin_Reyes_scores_82_85_in_band_C_and_grades_B()
    {
        var jasmin = Guid.NewGuid();
        await host.KnowsAsync(jasmin, "Jasmin Reyes");
        Story[] tickets =
        [
            .. Many(976, () => new Story(agent: jasmin).Moves("Closed")),
            .. Many(12, () => new Story(agent: jasmin).IsRejected("X").Moves("Closed")),
            .. Many(5, () => new Story(agent: jasmin).IsRejected("X").Moves("Closed").Moves("Open").IsRejected("Y")
                .Moves("Closed")),
            .. Many(7, () => new Story(agent: jasmin))
        ];
        await host.HappenedAsync(tickets);
        await host.HappenedAsync(Enumerable.Range(1, 10)
            .Select(day => Happening.WorkDay(jasmin, new(2024, 1, day), day <= 7 ? 18 : 17))
            .Append(Happening.Attendance(jasmin, 2024, 1, 89)));
        var row = await RowAsync(jasmin);
        Assert.Equal("Jasmin Reyes", (string?)row["name"]);
        Assert.Equal(97.6m, (decimal)row["firstPassRate"]!);
        Assert.Equal(0.5m, (decimal)row["reRejectionRate"]!);
        Assert.Equal(1.7m, (decimal)row["rejectRate"]!);
        Assert.Equal((17.7m, 20m), ((decimal)row["dailyAvg"]!, (decimal)row["target"]!));
        Assert.Equal((82.85m, 100m, "C"),
            ((decimal)row["score"]!, (decimal)row["measuredMax"]!, (string?)row["scoreBand"]));
        Assert.Equal(("A", "B"), ((string?)row["baseGrade"], (string?)row["grade"]));

        var receipt = await host.Client(host.Tokens.Agent(jasmin))
            .CallAsync(HttpMethod.Get, $"/api/scoring/agents/{jasmin}/grade?month=2024-01").JsonAsync();
        Assert.Equal([30m, 15m, 25m, 4m, 8.85m], receipt["components"]!.AsArray().Select(c => (decimal)c!["points"]!));
        Assert.Equal(("B", "A", 1, 1), ((string?)receipt["grade"], (string?)receipt["baseGrade"],
            (int)receipt["drop"]!, (int)receipt["policyVersion"]!));
        var events = receipt["events"]!.AsArray().CountBy(e => (string)e!["measure"]!).ToDictionary();
        Assert.Equal(22, events["rejectEvents"]);
        Assert.Equal(17, events["failedFirstPass"]);
        Assert.Equal(17, events["rejected"]);
        Assert.Equal(5, events["reRejected"]);
        Assert.Contains(receipt["moves"]!.AsArray(), m => (string?)m!["effect"] == "+4 points, score band B, grade A");
    }

    [Fact]
    public async Task Failed_1_5_percent_with_attendance_70_grades_C()
    {
        var agent = Guid.NewGuid();
        Story[] tickets =
        [
            .. Many(197, () => new Story(agent: agent).Moves("Done")),
            .. Many(3, () => new Story(agent: agent).IsRejected("X").Moves("Sent to DMV"))
        ];
        await host.HappenedAsync(tickets);
        await host.HappenedAsync([Happening.Attendance(agent, 2024, 1, 70)]);
        var row = await RowAsync(agent);
        Assert.Equal(1.5m, (decimal)row["failedFirstPassRate"]!);
        Assert.Equal(("A", "C", 2), ((string?)row["baseGrade"], (string?)row["grade"], (int)row["drop"]!));
    }

    [Fact]
    public async Task Without_attendance_the_grade_says_so_and_the_score_has_no_band()
    {
        var agent = Guid.NewGuid();
        await host.HappenedAsync(new Story(agent: agent).Moves("Done"));
        var row = await RowAsync(agent);
        Assert.Equal("A", (string?)row["grade"]);
        Assert.Contains("not recorded", (string?)row["gradeNote"]);
        Assert.Equal((80m, 80m), ((decimal)row["score"]!, (decimal)row["measuredMax"]!));
        Assert.Null(row["scoreBand"]);
    }

    private static IEnumerable<Story> Many(int count, Func<Story> story) =>
        Enumerable.Range(0, count).Select(_ => story());

    private async Task<JsonNode> RowAsync(Guid agent)
    {
        var card = await host.Client(host.Tokens.Admin())
            .CallAsync(HttpMethod.Get, "/api/scoring/scorecard?month=2024-01").JsonAsync();
        return card["agents"]!.AsArray().Single(r => (string?)r!["agentId"] == agent.ToString())!;
    }
}
