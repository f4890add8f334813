using System.Net;
using System.Text.Json.Nodes;
using Performance.Scoring.ScorePolicies;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>
/// A few hundred random tickets of five agents in three teams: every number of a team is what the scorecard, the
/// pipeline, the escalations and the history say about its people.
/// </summary>
public sealed class TeamsSideBySide(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly Story[] Tickets = [.. Enumerable.Range(5_000, 400).Select(seed => Stories.Of(seed))];

    private static readonly string[] Months = ["2024-01", "2024-06", "2025-01"];

    private readonly HttpClient admin = host.Client(host.Tokens.Admin());

    [Fact]
    public async Task A_teams_numbers_are_its_peoples_whoever_is_credited_and_also_when_the_month_is_closed()
    {
        await FillAsync();
        await ShouldAgreeAsync();
        await admin.CallAsync(HttpMethod.Post, "/api/scoring/months/2024-06/close").JsonAsync();
        var policy = ScorePolicy.Default with { RejectionCredit = RejectionCredit.AtRejection };
        await admin.CallAsync(
            HttpMethod.Post, "/api/scoring/policies", new { effectiveFrom = "2020-01-01", policy }).JsonAsync();
        await host.UpToDateAsync();
        await ShouldAgreeAsync();
    }

    [Fact]
    public async Task A_head_sees_the_own_department_and_an_admin_the_one_that_is_asked_for()
    {
        await FillAsync();
        var head = host.Client(host.Tokens.DepartmentHead("claims"));
        var own = await AskAsync(head, "?month=2024-06");
        Assert.Equal(["east", "west"], TeamsOf(own));
        Assert.Equal("claims", (string?)own["department"]);
        Assert.Equal(TeamsOf(own), TeamsOf(await AskAsync(head, "?department=claims")));
        foreach (var (client, query) in new[]
        {
            (head, "?department=sales"), (host.Client(host.Tokens.For("hal", ["department-head"])), ""),
            (host.Client(host.Tokens.Supervisor("east")), "")
        })
        {
            await client.CallAsync(HttpMethod.Get, "/api/scoring/department" + query)
                .ShouldBeAsync(HttpStatusCode.Forbidden);
        }

        Assert.Equal(["north"], TeamsOf(await AskAsync(admin, "?month=2024-06&department=sales")));
        Assert.Equal(
            ["east", "north", "west", "no team"],
            TeamsOf(await AskAsync(admin, "?month=2024-06")).Except(["blue", "red"]));
        var none = await AskAsync(admin, "?department=nobodys");
        Assert.Empty(TeamsOf(none));
        Assert.Equal(0, (int)none["total"]!["allocated"]!);
        Assert.Null(none["total"]!["failedFirstPassRate"]);
    }

    [Fact]
    public async Task Who_declines_is_named_and_who_changes_the_team_or_is_merged_takes_the_numbers_along()
    {
        var (ann, annAgain) = (Guid.NewGuid(), Guid.NewGuid());
        await host.KnowsAsync(ann, "Ann", "blue", "parks");
        await host.KnowsAsync(annAgain, "A. Nn", "red", "parks");
        await host.HappenedAsync([.. Falling(ann)]);
        await host.HappenedAsync(new Story(agent: annAgain) { CreatedAt = At(2023, 4) }.Moves("Closed"));

        var team = Team(await AskAsync(admin, "?month=2023-04&department=parks"), "blue");
        Assert.Equal((1, 4), ((int)team["people"]!, (int)team["allocated"]!));
        Assert.Equal("Ann 2023-02", Assert.Single(
            team["declining"]!.AsArray().Select(a => $"{a!["name"]} {a["since"]}")));
        Assert.Equal("Ann D", Assert.Single(team["toCoach"]!.AsArray().Select(a => $"{a!["name"]} {a["grade"]}")));
        Assert.Equal(
            "- - 25 50 75 100",
            string.Join(' ', team["trend"]!.AsArray().Select(t => t!["failedFirstPassRate"]?.ToJsonString() ?? "-")));

        await host.KnowsAsync(ann, "Ann", "red", "parks");
        await host.HappenedAsync([Happening.Merge(ann, annAgain)]);
        var moved = await AskAsync(admin, "?month=2023-04&department=parks");
        Assert.Equal(["red"], TeamsOf(moved));
        Assert.Equal((1, 5), ((int)moved["teams"]![0]!["people"]!, (int)moved["teams"]![0]!["allocated"]!));
    }

    private static string[] TeamsOf(JsonNode department) =>
        [.. department["teams"]!.AsArray().Select(t => (string?)t!["teamId"] ?? "no team")];

    private static JsonNode Team(JsonNode department, string team) =>
        department["teams"]!.AsArray().Single(t => (string?)t!["teamId"] == team)!;

    private static IEnumerable<Story> Falling(Guid agent) =>
        from month in Enumerable.Range(1, 4)
        from n in Enumerable.Range(1, 4)
        let story = new Story(agent: agent) { CreatedAt = At(2023, month) }.After(At(2023, month) - Story.Beginning)
        select (n <= month ? story.IsRejected("Signature") : story).Moves("Closed");

    private static DateTimeOffset At(int year, int month) => new(year, month, 10, 20, 0, 0, TimeSpan.Zero);

    private static long Sum(JsonNode rows, params string[] names) =>
        rows.AsArray().Sum(row => names.Sum(name => (long)row![name]!));

    private async Task ShouldAgreeAsync()
    {
        foreach (var month in Months)
        {
            var found = await AskAsync(admin, $"?month={month}");
            foreach (var team in found["teams"]!.AsArray())
            {
                await ShouldAgreeAsync(month, team!);
            }

            foreach (var name in new[]
            {
                "people", "allocated", "processed", "failedFirstPass", "rejected", "reRejected", "open", "oldTickets",
                "longHold", "coachingSessions"
            })
            {
                Assert.Equal((name, Sum(found["teams"]!, name)), (name, (long)found["total"]![name]!));
            }
        }
    }

    private async Task ShouldAgreeAsync(string month, JsonNode team)
    {
        var name = (string?)team["teamId"] ?? "";
        var rows = await RowsAsync(month, name);
        void Equal(string what, params string[] counts) =>
            Assert.Equal((name, month, what, Sum(rows, counts)), (name, month, what, (long)team[what]!));
        Equal("allocated", "allocated");
        Equal("processed", "firstPass", "failedFirstPass");
        Equal("failedFirstPass", "failedFirstPass");
        Equal("rejected", "rejected");
        Equal("reRejected", "reRejected");
        Equal("coachingSessions", "coachingSessions");
        foreach (var grade in new[] { "A", "B", "C", "D" })
        {
            Assert.Equal(
                rows.AsArray().Count(r => (string?)r!["grade"] == grade),
                (int)team["grades"]![grade.ToLowerInvariant()]!);
        }

        Assert.Equal(
            rows.AsArray().Where(r => r!["flags"]!.AsArray().Any(f => (string?)f == "coachingDue"))
                .Select(r => $"{r!["agentId"]} {r["grade"]} {r["failedFirstPassRate"]}").Order(),
            team["toCoach"]!.AsArray().Select(r => $"{r!["agentId"]} {r["grade"]} {r["failedFirstPassRate"]}").Order());
        Assert.Equal(TrendOf(month, rows), team["trend"]!.AsArray()[^1]!.ToJsonString());
        var first = (string)team["trend"]!.AsArray()[0]!["month"]!;
        Assert.Equal(TrendOf(first, await RowsAsync(first, name)), team["trend"]!.AsArray()[0]!.ToJsonString());

        Assert.Equal((long)(await GetAsync($"pipeline?team={name}"))["total"]!, (long)team["open"]!);
        var escalations = await GetAsync($"escalations?team={name}");
        Assert.Equal(
            ((long)escalations["old"]!["total"]!, (long)escalations["longHold"]!["total"]!),
            ((long)team["oldTickets"]!, (long)team["longHold"]!));
        var history = await GetAsync($"history?year={month[..4]}&team={name}");
        Assert.Equal(
            history["agents"]!.AsArray().Where(a => (bool)a!["declining"]!)
                .Select(a => $"{a!["agentId"]} {a["decliningSince"]}").Order(),
            team["declining"]!.AsArray().Select(a => $"{a!["agentId"]} {a["since"]}").Order());
    }

    private static string TrendOf(string month, JsonNode rows)
    {
        static JsonNode? Percent(long part, long whole) => whole == 0 ? null : JsonValue.Create(part * 100m / whole);
        return new JsonObject
        {
            ["month"] = month,
            ["failedFirstPassRate"] = Percent(
                Sum(rows, "failedFirstPass"), Sum(rows, "firstPass", "failedFirstPass")),
            ["rejectRate"] = Percent(Sum(rows, "rejected"), Sum(rows, "allocated"))
        }.ToJsonString();
    }

    private async Task<JsonNode> RowsAsync(string month, string team) =>
        (await GetAsync($"scorecard?month={month}&team={team}"))["agents"]!;

    private Task<JsonNode> GetAsync(string path) =>
        admin.CallAsync(HttpMethod.Get, "/api/scoring/" + path).JsonAsync();

    private static Task<JsonNode> AskAsync(HttpClient client, string query) =>
        client.CallAsync(HttpMethod.Get, "/api/scoring/department" + query).JsonAsync();

    private async Task FillAsync()
    {
        (string? Team, string? Department)[] places =
            [("east", "claims"), ("east", "claims"), ("west", "claims"), ("north", "sales"), (null, null)];
        foreach (var (i, place) in places.Index())
        {
            await host.KnowsAsync(Stories.Agents[i], $"Agent {i}", place.Team, place.Department);
        }

        if (await host.ScalarAsync<long>("select count(*) from ticket_facts where month > 24285") == 0)
        {
            await host.HappenedAsync(Tickets);
            await host.HappenedAsync(Stories.Agents.SelectMany((agent, i) => new[]
            {
                Happening.Attendance(agent, 2024, 6, 70 + (i * 6)), Happening.Session(agent, new(2024, 6, 3 + i)),
                Happening.WorkDay(agent, new(2024, 6, 4), 15 + i), Happening.Ramp(agent, new(2024, 5, 1))
            }));
        }
    }
}
