using System.Net;
using System.Text.Json.Nodes;
using Performance.Scoring.Feeds;
using Performance.Scoring.ScorePolicies;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>A few hundred random tickets, and policies tried before they are published.</summary>
public sealed class WhatIfs(ScoringHost host) : IClassFixture<ScoringHost>
{
    private const string First = "2023-12";
    private const string Last = "2025-04";

    private static readonly Story[] Tickets = [.. Enumerable.Range(5_000, 400).Select(seed => Stories.Of(seed))];

    private static readonly string[] Months =
    [
        .. Enumerable.Range(0, 17).Select(i => new DateOnly(2023, 12, 1).AddMonths(i).ToString("yyyy-MM"))
    ];

    [Theory]
    [InlineData(1, "2024-05-31")]
    [InlineData(2, "2024-06-01")]
    [InlineData(3, "2023-01-15")]
    [InlineData(4, "2024-08-02")]
    public async Task It_equals_what_publishing_then_gives(int seed, string effectiveFrom)
    {
        await FillAsync();
        var policy = RandomPolicies.Of(seed);
        var before = await RowsAsync();
        var simulated = await SimulateAsync(policy, effectiveFrom);
        Assert.Equal(before, await RowsAsync());

        var published = await PublishAsync(policy, effectiveFrom);
        var after = await RowsAsync($"&atLeast={published["position"]}");
        var expected = before.Keys.Where(row => before[row] != after[row])
            .ToDictionary(row => row, row => (before[row], after[row]));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Moves(simulated));
        Assert.Equal(before.Count, (int)simulated["counts"]!["rows"]!);
        Assert.Equal(before.Count - expected.Count, (int)simulated["counts"]!["staying"]!);
        Assert.Equal(
            expected.Count(m => m.Value.Item1.Grade != m.Value.Item2.Grade),
            (int)simulated["counts"]!["gradesMoved"]!);
        Assert.Equal(
            expected.Count(m => m.Value.Item1.Band != m.Value.Item2.Band), (int)simulated["counts"]!["bandsMoved"]!);
        Assert.All(expected.Keys, row => Assert.True(
            string.CompareOrdinal(row.Month, effectiveFrom[..7]) >= 0, $"{row.Month} keeps its policy"));

        var version = (int)simulated["version"]!;
        var moved = await Admin().CallAsync(
            HttpMethod.Get, $"/api/scoring/policies/{version}/moves?pageSize=500").JsonAsync();
        Assert.Equal(simulated["items"]!.ToJsonString(), moved["items"]!.ToJsonString());
        Assert.Equal((int)simulated["total"]!, (int)moved["total"]!);
        Assert.Equal(effectiveFrom, (string?)moved["effectiveFrom"]);
    }

    [Fact]
    public async Task Grades_come_first_and_a_page_is_a_part_of_all()
    {
        await FillAsync();
        var published = await PublishAsync(ScorePolicy.Default, "2024-09-01");
        var lenient = ScorePolicy.Default with { GradeUpTo = [new(60m, "A"), new(80m, "B")], ProductivityMax = 11m };
        var draft = new { effectiveFrom = "2024-09-01", policy = lenient, from = First, to = Last };
        var all = await SimulateAsync(lenient, "2024-09-01", $"&atLeast={published["position"]}");
        var pages = new List<string>();
        for (var page = 1; pages.Count < (int)all["total"]!; page++)
        {
            var answer = await Admin().CallAsync(
                HttpMethod.Post, $"/api/scoring/policies/simulate?page={page}&pageSize=20", draft).JsonAsync();
            pages.AddRange(answer["items"]!.AsArray().Select(m => m!.ToJsonString()));
        }

        Assert.Equal(all["items"]!.AsArray().Select(m => m!.ToJsonString()), pages);
        var graded = all["items"]!.AsArray()
            .Select(m => (string?)m!["from"]!["grade"] != (string?)m["to"]!["grade"]).ToList();
        Assert.Equal([false, true], graded.Distinct().Order());
        Assert.Equal(graded.OrderByDescending(changed => changed), graded);
    }

    [Fact]
    public async Task Nothing_moves_before_the_effective_date_or_without_a_difference()
    {
        await FillAsync();
        var current = await Admin().CallAsync(HttpMethod.Get, "/api/scoring/policies").JsonAsync();
        var newest = current["items"]!.AsArray()[^1]!["policy"]!;
        Assert.Equal(0, (int)(await SimulateAsync(newest, "2025-05-01"))["total"]!);
        Assert.Equal(0, (int)(await SimulateAsync(RandomPolicies.Of(5), "2031-01-01"))["total"]!);
        var first = await Admin().CallAsync(HttpMethod.Get, "/api/scoring/policies/1/moves").JsonAsync();
        Assert.Equal(0, (int)first["total"]!);
    }

    [Fact]
    public async Task A_closed_month_stays_and_is_named_but_what_moved_it_before_is_still_told()
    {
        await FillAsync();
        var before = await PublishAsync(RandomPolicies.Of(21), "2024-10-01");
        var moves = $"/api/scoring/policies/{before["version"]}/moves?pageSize=500";
        var moved = await Admin().CallAsync(HttpMethod.Get, $"{moves}&atLeast={before["position"]}").JsonAsync();
        var closed = await Admin().CallAsync(HttpMethod.Post, "/api/scoring/months/2024-11/close", "{}").JsonAsync();
        Assert.Equal(
            moved["items"]!.ToJsonString(),
            (await Admin().CallAsync(HttpMethod.Get, $"{moves}&atLeast={closed["position"]}").JsonAsync())["items"]!
                .ToJsonString());

        var rows = await RowsAsync();
        var simulated = await SimulateAsync(RandomPolicies.Of(22), "2024-10-01");
        Assert.Equal("2024-11", (string?)Assert.Single(simulated["frozen"]!.AsArray()));
        Assert.DoesNotContain(Moves(simulated).Keys, row => row.Month == "2024-11");
        var published = await PublishAsync(RandomPolicies.Of(22), "2024-10-01");
        var after = await RowsAsync($"&atLeast={published["position"]}");
        Assert.Equal(
            rows.Keys.Where(row => rows[row] != after[row]).ToDictionary(row => row, row => (rows[row], after[row])),
            Moves(simulated));
        await Admin().CallAsync(HttpMethod.Post, "/api/scoring/months/2024-11/reopen", "{\"reason\":\"as it was\"}")
            .JsonAsync();
    }

    [Fact]
    public async Task Throughout_it_is_tried_on_every_month_whatever_its_date()
    {
        await FillAsync();
        var policy = RandomPolicies.Of(8);
        var late = await SimulateAsync(policy, "2031-01-01", "", throughout: true);
        Assert.Contains(late["items"]!.AsArray(), m => string.CompareOrdinal((string)m!["month"]!, "2024-03") < 0);
        Assert.Equal("2031-01-01", (string?)late["effectiveFrom"]);
        Assert.Equal(0, (int)(await SimulateAsync(policy, "2031-01-01"))["total"]!);
    }

    [Theory]
    [InlineData("99", HttpStatusCode.NotFound)]
    [InlineData("0", HttpStatusCode.BadRequest)]
    [InlineData("x", HttpStatusCode.BadRequest)]
    [InlineData("99999999999", HttpStatusCode.BadRequest)]
    [InlineData("2147483647", HttpStatusCode.BadRequest)]
    public async Task A_version_that_is_none_has_no_moves(string version, HttpStatusCode expected) => await Admin()
        .CallAsync(HttpMethod.Get, $"/api/scoring/policies/{version}/moves").ShouldBeAsync(expected);

    [Theory]
    [InlineData("2024-05", "2024-04", "to")]
    [InlineData("2000-01", "2010-01", "to")]
    [InlineData("2024-13", "2024-12", "from")]
    [InlineData("2024-05", null, "to")]
    [InlineData(null, "2024-05", "from")]
    public async Task A_period_that_is_none_is_refused(string? from, string? to, string field)
    {
        var draft = new { effectiveFrom = "2024-01-01", policy = ScorePolicy.Default, from, to };
        var problem = await Admin().CallAsync(HttpMethod.Post, "/api/scoring/policies/simulate", draft)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, (string?)problem["field"]);
    }

    private static Dictionary<(string Agent, string Month), (Outcome, Outcome)> Moves(JsonNode answer) =>
        answer["items"]!.AsArray().ToDictionary(
            m => ((string)m!["agentId"]!, (string)m["month"]!), m => (Read(m!["from"]!), Read(m["to"]!)));

    private static Outcome Read(JsonNode row) => new(
        (string?)row["grade"], (string?)row["baseGrade"], (string?)row["scoreBand"], (decimal)row["score"]!,
        (decimal)row["measuredMax"]!);

    private HttpClient Admin() => host.Client(host.Tokens.Admin());

    private Task<JsonNode> PublishAsync(ScorePolicy policy, string effectiveFrom) => Admin().CallAsync(
        HttpMethod.Post, "/api/scoring/policies", new { effectiveFrom, policy }).JsonAsync();

    private Task<JsonNode> SimulateAsync(
        object policy, string effectiveFrom, string more = "", bool throughout = false) => Admin().CallAsync(
        HttpMethod.Post, "/api/scoring/policies/simulate?pageSize=500" + more,
        new { effectiveFrom, policy, from = First, to = Last, throughout }).JsonAsync();

    /// <summary>Every agent's month as the scorecard of that month has it.</summary>
    private async Task<Dictionary<(string Agent, string Month), Outcome>> RowsAsync(string more = "")
    {
        var rows = new Dictionary<(string, string), Outcome>();
        foreach (var month in Months)
        {
            var card = await Admin().CallAsync(
                HttpMethod.Get, $"/api/scoring/scorecard?month={month}{more}").JsonAsync();
            foreach (var row in card["agents"]!.AsArray().Where(r => r!["agentId"] is not null))
            {
                rows[((string)row!["agentId"]!, month)] = Read(row);
            }
        }

        return rows;
    }

    private async Task FillAsync()
    {
        if (await host.ScalarAsync<long>("select count(*) from ticket_facts") > 0)
        {
            return;
        }

        var random = new Random(11);
        var (ann, bob) = (Stories.Agents[0], Stories.Agents[1]);
        await host.HappenedAsync(Tickets);
        await host.HappenedAsync(
        [
            .. Stories.Agents.SelectMany(agent => Enumerable.Range(1, 12).Select(month =>
                Happening.Attendance(agent, 2024, month, random.Next(4) == 0 ? null : random.Next(70, 101)))),
            .. Stories.Agents.SelectMany(agent => Enumerable.Range(0, 300).Select(day => Happening.WorkDay(
                agent, new DateOnly(2024, 1, 1).AddDays(day), random.Next(25)))),
            .. Stories.Agents.Skip(2).Select(agent => Happening.Ramp(agent, new(2024, random.Next(1, 12), 1))),
            Happening.Session(Stories.Agents[2], new(2023, 12, 30)), Happening.Merge(ann, bob)
        ]);
    }

    private sealed record Outcome(string? Grade, string? Base, string? Band, decimal Score, decimal Max);
}
