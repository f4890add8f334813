using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Four tickets a month, of which ever more fail: a decline, wherever the year turns.</summary>
public sealed class TheHistoryOfGrades : IAsyncLifetime
{
    private readonly ScoringHost host = new()
    {
        Clock = new ShiftedClock(new DateTimeOffset(2024, 5, 20, 20, 0, 0, TimeSpan.Zero))
    };

    private readonly Guid ann = Guid.NewGuid();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Each_month_has_the_grade_of_its_scorecard_and_none_where_there_was_no_ticket()
    {
        await host.HappenedAsync([.. Month(2024, 1, failed: 0), .. Month(2024, 3, failed: 1)]);
        var months = (await AgentAsync(2024))["months"]!.AsArray();
        Assert.Equal(["2024-01", "2024-03"], months.Select(m => (string)m!["month"]!));
        foreach (var month in months)
        {
            var card = await GetAsync($"scorecard?month={month!["month"]}");
            var row = card["agents"]!.AsArray().Single()!;
            foreach (var name in new[] { "allocated", "grade", "baseGrade", "failedFirstPassRate", "score", "drop" })
            {
                Assert.Equal((name, row[name]?.ToJsonString()), (name, month[name]?.ToJsonString()));
            }
        }
    }

    [Fact]
    public async Task Three_falling_months_are_flagged_also_across_the_year()
    {
        await host.HappenedAsync(
        [
            .. Month(2023, 10, 0), .. Month(2023, 11, 1), .. Month(2024, 1, 2), .. Month(2024, 2, 3)
        ]);
        var agent = await AgentAsync(2024);
        Assert.Equal((true, "2023-11"), ((bool)agent["declining"]!, (string?)agent["decliningSince"]));
        Assert.Equal(["2024-01", "2024-02"], agent["months"]!.AsArray().Select(m => (string)m!["month"]!));
        Assert.False((bool)(await AgentAsync(2023))["declining"]!);

        await host.HappenedAsync(Month(2024, 3, 3));
        Assert.False((bool)(await AgentAsync(2024))["declining"]!);
    }

    [Fact]
    public async Task The_running_month_is_shown_but_does_not_count_yet()
    {
        await host.HappenedAsync([.. Month(2024, 2, 0), .. Month(2024, 3, 1), .. Month(2024, 4, 2)]);
        await host.HappenedAsync(Month(2024, 5, 3));
        var agent = await AgentAsync(2024);
        Assert.Equal(4, agent["months"]!.AsArray().Count);
        Assert.False((bool)agent["declining"]!);
        Assert.Null(agent["decliningSince"]);
    }

    [Fact]
    public async Task A_month_filter_narrows_what_is_shown_and_not_the_trend()
    {
        await host.HappenedAsync(
            [.. Month(2024, 1, 0), .. Month(2024, 2, 1), .. Month(2024, 3, 2), .. Month(2024, 4, 3)]);
        var agent = await AgentAsync(2024, "&month=2024-03");
        Assert.Equal("2024-03", (string)agent["months"]!.AsArray().Single()!["month"]!);
        Assert.Equal("2024-02", (string?)agent["decliningSince"]);
    }

    [Fact]
    public async Task The_quality_matrix_adds_up_to_the_events_and_names_its_agents()
    {
        await host.KnowsAsync(ann, "Ann");
        await host.HappenedAsync([.. Month(2024, 1, 2), .. Month(2024, 2, 1)]);
        await host.HappenedAsync(new Story().IsRejected("Fee"));
        var found = await GetAsync("rejections");
        Assert.Equal(4, (int)found["events"]!);
        Assert.Equal(
            ["Ann 3", "Unassigned 1"], found["agents"]!.AsArray().Select(a => $"{a!["name"]} {a["events"]}"));
        foreach (var category in found["categories"]!.AsArray())
        {
            Assert.Equal((long)category!["events"]!, Sum(category["byAgent"]!));
            Assert.Equal((long)category["events"]!, Sum(category["byMonth"]!));
        }
    }

    private static long Sum(JsonNode counts) => counts.AsObject().Sum(c => (long)c.Value!);

    private Story[] Month(int year, int month, int failed) => [.. Enumerable.Range(0, 4).Select(n =>
    {
        var created = new DateTimeOffset(year, month, 10, 20, 0, 0, TimeSpan.Zero);
        var story = new Story(agent: ann) { CreatedAt = created }.After(created.AddDays(1) - Story.Beginning);
        return (n < failed ? story.IsRejected("Signature") : story).Moves("Closed");
    })];

    private async Task<JsonNode> AgentAsync(int year, string more = "") =>
        (await GetAsync($"history?year={year}{more}"))["agents"]!.AsArray().Single()!;

    private Task<JsonNode> GetAsync(string path) => host.Client(host.Tokens.Admin())
        .CallAsync(HttpMethod.Get, "/api/scoring/" + path).JsonAsync();
}
