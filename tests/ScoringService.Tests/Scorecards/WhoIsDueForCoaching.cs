using System.Text.Json.Nodes;
using Performance.Scoring.ScorePolicies;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Grades C and D of the running month, and the sessions of the running week, in the business zone.</summary>
public sealed class WhoIsDueForCoaching : IAsyncLifetime
{
    /// <summary>A Monday in UTC, still Sunday in Los Angeles: the week is the one that ends.</summary>
    private static readonly DateTimeOffset Now = new(2024, 5, 20, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Monday = new(2024, 5, 13);

    private readonly ScoringHost host = new() { Clock = new ShiftedClock(Now) };

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Is_said_with_the_latest_session_however_many_others_had_one_since()
    {
        var (never, before, now, good, old, merged) = (
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var (agent, name) in new[]
        {
            (never, "Never"), (before, "Before"), (now, "Now"), (good, "Good"), (old, "Old"), (merged, "Merged")
        })
        {
            await host.KnowsAsync(agent, name, "east");
        }

        await host.HappenedAsync(
            Failed(never, Now), Failed(before, Now), Failed(now, Now), Failed(old, Now.AddMonths(-1)),
            new Story(agent: good) { CreatedAt = Now.AddDays(-3) }.Moves("Closed"));
        await host.HappenedAsync(
        [
            Happening.Session(before, Monday.AddDays(-1)), Happening.Session(now, Monday.AddDays(-30)),
            Happening.Session(merged, Monday), Happening.Merge(now, merged),
            .. Enumerable.Range(0, 600).Select(i => Happening.Session(good, Monday.AddDays(i % 7)))
        ]);
        var answer = await AskAsync(host.Tokens.Supervisor("east"));
        Assert.Equal(("2024-05", "2024-05-13"), ((string?)answer["month"], (string?)answer["week"]));
        Assert.Equal(
            [("Before", "2024-05-12", false), ("Never", null, false), ("Now", "2024-05-13", true)],
            answer["agents"]!.AsArray().Select(a => (
                (string)a!["row"]!["name"]!, (string?)a["lastSession"], (bool)a["talked"]!)));
        Assert.Empty((await AskAsync(host.Tokens.Supervisor("west")))["agents"]!.AsArray());
    }

    [Fact]
    public async Task And_the_limits_that_the_scorecard_flags_by_are_those_of_the_policy_in_force()
    {
        var admin = host.Client(host.Tokens.Admin());
        var policy = ScorePolicy.Default with
        {
            RejectFailAbove = 3.5m, ReRejectionFailAbove = 2, CoachingGrades = ["B", "C", "D"]
        };
        var published = await admin.CallAsync(
            HttpMethod.Post, "/api/scoring/policies", new { effectiveFrom = "2024-05-01", policy }).JsonAsync();
        foreach (var (month, reject, again, grades) in new[] { ("2024-05", 3.5m, 2m, 3), ("2024-04", 5m, 5m, 2) })
        {
            var limits = (await admin.CallAsync(
                HttpMethod.Get, $"/api/scoring/scorecard?month={month}&atLeast={published["position"]}")
                .JsonAsync())["limits"]!;
            Assert.Equal((reject, again), ((decimal)limits["rejectRate"]!, (decimal)limits["reRejectionRate"]!));
            Assert.Equal(grades, limits["coachingGrades"]!.AsArray().Count);
        }
    }

    private static Story Failed(Guid agent, DateTimeOffset at)
    {
        var story = new Story(agent: agent) { CreatedAt = at.AddDays(-4) };
        return story.After(at.AddDays(-3) - story.Clock).IsRejected("Wrong fee").Moves("Closed");
    }

    private Task<JsonNode> AskAsync(string token) =>
        host.Client(token).CallAsync(HttpMethod.Get, "/api/scoring/coaching-due").JsonAsync();
}
