using System.Net;
using System.Text.Json.Nodes;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.ServiceDefaults.Problems;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class ClosingAMonth : IAsyncLifetime
{
    private const string January = "/api/scoring/months/2024-01";
    private readonly ScoringHost host = new();
    private readonly Guid ann = Guid.NewGuid();
    private readonly Guid bob = Guid.NewGuid();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        await host.KnowsAsync(ann, "Ann", "east", "claims");
        await host.KnowsAsync(bob, "Bob", "west", "sales");
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_later_excuse_does_not_move_the_frozen_grade_but_is_an_adjustment()
    {
        var failed = new Story(agent: ann).IsRejected("X").Moves("Closed");
        await host.HappenedAsync(
            [failed, new Story(agent: ann).Moves("Closed"), new Story(agent: bob).Moves("Closed")]);
        Assert.Equal(("D", false), await GradeAsync());
        await CloseAsync();
        Assert.Equal(("D", true), await GradeAsync());
        Assert.Equal(0, (int)(await GetAsync($"{January}/adjustments"))["total"]!);

        var before = failed.Events.Count;
        failed.IsExcused();
        await host.HappenedAsync(failed.Events.Skip(before).Select(e => (failed.TicketId, (object)e)));

        Assert.Equal(("D", true), await GradeAsync());
        var adjustments = await GetAsync($"{January}/adjustments");
        var change = Assert.Single(adjustments["items"]!.AsArray())!;
        Assert.Equal(
            ("Ann", "D", "A", 1), ((string?)change["name"], (string?)change["frozenGrade"],
                (string?)change["wouldBeGrade"], (int)adjustments["gradesMoved"]!));
        var number = change["numbers"]!.AsArray().Single(n => (string?)n!["name"] == "failedFirstPass")!;
        Assert.Equal((1, 0), ((int)number["before"]!, (int)number["after"]!));
    }

    [Fact]
    public async Task A_later_policy_leaves_history_scorecard_receipt_and_lists_as_they_were()
    {
        await host.HappenedAsync([new Story(agent: ann).IsRejected("X").GoesTo(bob).Moves("Closed")]);
        await host.HappenedAsync([Happening.Attendance(bob, 2024, 1, 90)]);
        await CloseAsync();
        var card = await GetAsync("/api/scoring/scorecard?month=2024-01");
        var policy = ScorePolicy.Default with
        {
            GradeUpTo = [new(100m, "A")], RejectionCredit = RejectionCredit.AtRejection
        };
        await PostAsync("/api/scoring/policies", new { effectiveFrom = "2020-01-01", policy });

        var again = await GetAsync("/api/scoring/scorecard?month=2024-01");
        Assert.Equal(card["agents"]!.ToJsonString(), again["agents"]!.ToJsonString());
        Assert.True((bool)again["frozen"]!);
        var list = await GetAsync($"/api/scoring/scorecard/{bob}/tickets?month=2024-01&measure=rejected");
        Assert.Equal(1, (int)list["total"]!);
        var receipt = await GetAsync($"/api/scoring/agents/{bob}/grade?month=2024-01");
        Assert.Equal(
            ("D", true, 1, 1), ((string?)receipt["grade"], (bool)receipt["frozen"]!, (int)receipt["policyVersion"]!,
                (int)receipt["inputs"]!["failedFirstPass"]!));
        Assert.Empty(receipt["moves"]!.AsArray());
        var history = (await GetAsync("/api/scoring/history?year=2024"))["agents"]!.AsArray().Single()!;
        Assert.Equal("D", (string?)history["months"]![0]!["grade"]);
        Assert.True((bool)history["months"]![0]!["frozen"]!);
        var adjustments = await GetAsync($"{January}/adjustments");
        Assert.Equal((1, 2), ((int)adjustments["policyVersion"]!, (int)adjustments["policyVersionNow"]!));
        Assert.NotEqual("D", (string?)adjustments["items"]!.AsArray()
            .Single(a => (string?)a!["name"] == "Bob")!["wouldBeGrade"]);
    }

    [Fact]
    public async Task Another_scope_than_exactly_the_month_is_not_frozen()
    {
        await host.HappenedAsync([new Story(agent: ann).Moves("Closed")]);
        await CloseAsync();
        foreach (var scope in new[] { "", "?month=2024-01&month=2024-02", "?month=2024-01&type=Title",
            "?month=2024-01&day=Tue" })
        {
            Assert.False((bool)(await GetAsync("/api/scoring/scorecard" + scope))["frozen"]!);
        }

        Assert.True((bool)(await GetAsync($"/api/scoring/scorecard?month=2024-01&assignee={ann}"))["frozen"]!);
    }

    [Fact]
    public async Task An_agent_who_comes_into_a_closed_month_later_has_no_grade_in_it()
    {
        await host.HappenedAsync([new Story(agent: ann).Moves("Closed")]);
        await CloseAsync();
        await host.HappenedAsync([new Story(agent: bob).Moves("Closed")]);
        var rows = (await GetAsync("/api/scoring/scorecard?month=2024-01"))["agents"]!.AsArray();
        var row = rows.Single(r => (string?)r!["name"] == "Bob")!;
        Assert.Equal((1, null, FrozenRow.NotThere),
            ((int)row["allocated"]!, (string?)row["grade"], (string?)row["gradeNote"]));
        var change = Assert.Single((await GetAsync($"{January}/adjustments"))["items"]!.AsArray())!;
        Assert.Equal(("Bob", null, "A"),
            ((string?)change["name"], (string?)change["frozenGrade"], (string?)change["wouldBeGrade"]));
    }

    [Fact]
    public async Task Closing_twice_is_the_same_and_reopening_needs_a_reason()
    {
        await host.HappenedAsync([new Story(agent: ann).Moves("Closed")]);
        await Admin().CallAsync(HttpMethod.Post, $"{January}/reopen", new { reason = "x" })
            .ShouldBeAsync(HttpStatusCode.Conflict);
        var first = await CloseAsync();
        var again = await CloseAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        var list = await GetAsync("/api/scoring/months");
        Assert.Equal(("2024-01", "admin", 1), ((string?)list["items"]![0]!["month"],
            (string?)list["items"]![0]!["closedBy"], (int)list["items"]![0]!["grades"]!));
        var problem = await Admin().CallAsync(HttpMethod.Post, $"{January}/reopen", new { reason = " " })
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("reason", (string?)problem["field"]);
        await PostAsync($"{January}/reopen", new { reason = "an import was missing" });
        await Admin().CallAsync(HttpMethod.Get, $"{January}/adjustments").ShouldBeAsync(HttpStatusCode.NotFound);
        Assert.Equal(("A", false), await GradeAsync());
        Assert.Contains("2024-01", (await GetAsync("/api/scoring/months"))["open"]!.AsArray().Select(m => (string?)m));
        await CloseAsync();
        Assert.Equal(("A", true), await GradeAsync());
    }

    [Theory]
    [InlineData("2024-13")]
    [InlineData("january")]
    public async Task What_is_no_month_is_refused(string month)
    {
        var problem = await Admin().CallAsync(HttpMethod.Post, $"/api/scoring/months/{month}/close")
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("month", (string?)problem["field"]);
    }

    [Fact]
    public void Only_a_month_that_is_over_can_be_closed()
    {
        var (march, grades) = (new DateOnly(2024, 3, 1), new MonthGrades(1, [], 8));
        Assert.Throws<DomainException>(
            () => CloseMonth.Decide(null, march, new(2024, 3, 31), grades, "admin", Story.Beginning));
        Assert.Single(CloseMonth.Decide(null, march, new(2024, 4, 1), grades, "admin", Story.Beginning));
        Assert.Empty(CloseMonth.Decide(new(true), march, new(2024, 4, 1), grades, "admin", Story.Beginning));
        Assert.Single(CloseMonth.Decide(new(false), march, new(2024, 4, 1), grades, "admin", Story.Beginning));
    }

    [Fact]
    public async Task A_supervisor_reads_the_own_teams_part_and_closes_nothing()
    {
        await host.HappenedAsync([new Story(agent: ann).Moves("Closed"), new Story(agent: bob).Moves("Closed")]);
        await CloseAsync();
        await host.HappenedAsync([new Story(agent: ann).Moves("Closed"), new Story(agent: bob).Moves("Closed")]);
        var east = host.Client(host.Tokens.Supervisor("east"));
        var change = Assert.Single((await east.CallAsync(HttpMethod.Get, $"{January}/adjustments").JsonAsync())
            ["items"]!.AsArray())!;
        Assert.Equal("Ann", (string?)change["name"]);
        var months = await east.CallAsync(HttpMethod.Get, "/api/scoring/months").JsonAsync();
        Assert.Equal(1, (int)months["items"]![0]!["grades"]!);
    }

    [Fact]
    public async Task As_of_before_the_closing_the_month_is_open()
    {
        var failed = new Story(agent: ann).IsRejected("X").Moves("Closed");
        await host.HappenedAsync([failed]);
        var before = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
        await CloseAsync();
        Assert.False((bool)(await GetAsync($"/api/scoring/scorecard?month=2024-01&asOf={before}"))["frozen"]!);
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
        Assert.True((bool)(await GetAsync($"/api/scoring/scorecard?month=2024-01&asOf={now}"))["frozen"]!);
    }

    private HttpClient Admin() => host.Client(host.Tokens.Admin());

    private Task<JsonNode> GetAsync(string path) => Admin().CallAsync(HttpMethod.Get, path).JsonAsync();

    private async Task<JsonNode> PostAsync(string path, object? body = null)
    {
        var answer = await Admin().CallAsync(HttpMethod.Post, path, body).JsonAsync();
        await host.UpToDateAsync();
        return answer;
    }

    private Task<JsonNode> CloseAsync() => PostAsync($"{January}/close");

    private async Task<(string? Grade, bool Frozen)> GradeAsync()
    {
        var rows = (await GetAsync("/api/scoring/scorecard?month=2024-01"))["agents"]!.AsArray();
        var row = rows.Single(r => (string?)r!["name"] == "Ann")!;
        return ((string?)row["grade"], (bool)row["frozen"]!);
    }
}
