using System.Net;
using Performance.Scoring.Agents;
using Performance.Scoring.AsOf;
using Performance.Scoring.Grades;
using Performance.Scoring.MyPerformance;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class AskingForThePast(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Theory]
    [InlineData("2024-04-01")]
    [InlineData("2024-04-01T00:00:00")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2199-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2024-04-01T00:00:00Z&asOf=2024-05-01T00:00:00Z")]
    public async Task What_is_no_past_instant_with_an_offset_is_refused(string asOf)
    {
        foreach (var path in new[]
        {
            "scorecard?", $"agents/{Guid.NewGuid()}/grade?", "asof/differences?",
            "scorecard/all/tickets?measure=allocated&"
        })
        {
            var problem = await Admin().CallAsync(HttpMethod.Get, $"/api/scoring/{path}asOf={asOf}")
                .ProblemAsync(HttpStatusCode.BadRequest);
            Assert.Equal("asOf", (string?)problem["field"]);
        }
    }

    [Fact]
    public async Task Differences_want_an_instant()
    {
        var problem = await Admin().CallAsync(HttpMethod.Get, "/api/scoring/asof/differences")
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("asOf", (string?)problem["field"]);
    }

    [Fact]
    public async Task A_ticket_of_march_imported_in_november_is_not_known_in_april()
    {
        var agent = Guid.NewGuid();
        var story = new Story(agent: agent) { CreatedAt = new(2024, 3, 5, 18, 0, 0, TimeSpan.Zero) }.Moves("Closed");
        var imported = new DateTimeOffset(2024, 11, 2, 9, 0, 0, TimeSpan.Zero);
        await host.HappenedAsync(
            story.Events.Select(e => (story.TicketId, (object)(e with { RecordedAt = imported }))));
        Assert.Empty(await RowsAsync("2024-04-01T00:00:00Z", agent));
        Assert.Empty(await RowsAsync("2024-11-02T08:59:59.9999999Z", agent));
        Assert.Single(await RowsAsync("2024-11-02T09:00:00Z", agent));
        Assert.Single(await RowsAsync("2024-11-02T02:00:00-07:00", agent));
    }

    [Fact]
    public async Task An_agent_sees_the_own_past_and_nobody_elses_even_where_records_were_merged_since()
    {
        var (ann, bob, was) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await host.KnowsAsync(ann, "Ann", "east", "claims");
        await host.KnowsAsync(bob, "Bob", "west", "sales");
        await host.HappenedAsync([new Story(agent: was).Moves("Closed"), new Story(agent: bob).Moves("Closed")]);
        await host.HappenedAsync([Happening.Merge(ann, was)]);
        const string Early = "asOf=2024-01-02T11:59:59Z";
        var mine = host.Client(host.Tokens.Agent(ann));
        var card = await mine.CallAsync(
            HttpMethod.Get, "/api/scoring/scorecard?asOf=2024-01-02T12:00:00Z").JsonAsync();
        Assert.Equal(ann.ToString(), (string?)Assert.Single(card["agents"]!.AsArray())!["agentId"]);
        await mine.CallAsync(HttpMethod.Get, $"/api/scoring/agents/{bob}/grade?{Early}")
            .ShouldBeAsync(HttpStatusCode.Forbidden);
        await mine.CallAsync(HttpMethod.Get, $"/api/scoring/agents/{was}/grade?{Early}")
            .ShouldBeAsync(HttpStatusCode.OK);
        const string List = "tickets?measure=allocated&asOf=2024-01-02T12:00:00Z";
        await mine.CallAsync(HttpMethod.Get, $"/api/scoring/scorecard/{bob}/{List}")
            .ShouldBeAsync(HttpStatusCode.Forbidden);
        await mine.CallAsync(HttpMethod.Get, $"/api/scoring/scorecard/unassigned/{List}")
            .ShouldBeAsync(HttpStatusCode.Forbidden);
        var own = await mine.CallAsync(HttpMethod.Get, $"/api/scoring/scorecard/all/{List}").JsonAsync();
        Assert.Equal(1, (int)own["total"]!);
    }

    [Fact]
    public void Every_event_that_is_not_a_reps_or_a_goal_is_read()
    {
        Type[] others =
        [
            typeof(Explanation), typeof(GoalAgreed), typeof(AgentRecordChanged), typeof(GradesNoted),
            typeof(GradesTold), typeof(CoachingAnswered), typeof(WeekReviewed)
        ];
        var events = typeof(StoredFacts).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.GetProperty("OccurredAt") is not null)
            .Where(t => !t.IsAssignableTo(typeof(RepEvent))).Except(others);
        var read = StoredFacts.OfTickets.Values.Concat(StoredFacts.OfTheFrame.Values);
        Assert.Equal(events.Select(t => t.Name).Order(), read.Select(t => t.Name).Order());
    }

    private async Task<System.Text.Json.Nodes.JsonArray> RowsAsync(string asOf, Guid agent) =>
        (await Admin().CallAsync(HttpMethod.Get, $"/api/scoring/scorecard?assignee={agent}&asOf={asOf}").JsonAsync())
            ["agents"]!.AsArray();

    private HttpClient Admin() => host.Client(host.Tokens.Admin());
}
