using System.Net;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class HostileQueries(ScoringHost host) : IClassFixture<ScoringHost>
{
    public static TheoryData<string, string> Bad => new()
    {
        { "/api/scoring/scorecard?month=2026-13", "month" },
        { "/api/scoring/scorecard?month=", "month" },
        { "/api/scoring/scorecard?month=2026-01&month=x", "month" },
        { "/api/scoring/scorecard?month=0000-01", "month" },
        { "/api/scoring/scorecard?week=2026-W54", "week" },
        { "/api/scoring/scorecard?week=2025-W53", "week" },
        { "/api/scoring/scorecard?week=2026-23", "week" },
        { "/api/scoring/scorecard?week=2026-W23%0A", "week" },
        { "/api/scoring/scorecard?day=Someday", "day" },
        { "/api/scoring/scorecard?assignee=nobody", "assignee" },
        { "/api/scoring/scorecard?assignee=00000000-0000-0000-0000-000000000000", "assignee" },
        { "/api/scoring/scorecard?type=%00", "type" },
        { $"/api/scoring/scorecard?state={new string('x', 501)}", "state" },
        { "/api/scoring/scorecard?coached=maybe", "coached" },
        { "/api/scoring/scorecard?coached=true&coached=false", "coached" },
        { $"/api/scoring/scorecard?{string.Join('&', Enumerable.Repeat("status=a", 501))}", "status" },
        { "/api/scoring/scorecard/all/tickets", "measure" },
        { "/api/scoring/scorecard/all/tickets?measure=true%20or%201=1", "measure" },
        { "/api/scoring/scorecard/nobody/tickets?measure=closed", "agentId" },
        { "/api/scoring/scorecard/all/tickets?measure=closed&page=0", "page" },
        { "/api/scoring/scorecard/all/tickets?measure=closed&pageSize=100000", "pageSize" },
        { "/api/scoring/scorecard/all/tickets?measure=closed&page=999999999999", "page" },
        { "/api/scoring/scorecard/all/tickets?measure=rejectEvents&label=%00", "label" },
        { "/api/scoring/scorecard/all/tickets?measure=closed&label=Wrong%20fee", "label" },
        { "/api/scoring/scorecard/all/tickets?measure=allocated&touched=2026-02-30", "touched" },
        { "/api/scoring/scorecard/all/tickets?measure=allocated&touched=2026-02-03&touched=2026-02-04", "touched" },
        { "/api/scoring/scorecard/all/tickets?measure=coachingSessions&touched=2026-02-03", "touched" },
        { "/api/scoring/asof/differences?asOf=2024-04-01T00:00:00Z&events=501", "events" },
        { "/api/scoring/asof/differences?asOf=2024-04-01T00:00:00Z&events=400&pageSize=100", "events" },
        { "/api/scoring/scorecard/all/tickets?measure=allocated&createdIn=2026-13", "createdIn" },
        { "/api/scoring/scorecard/all/tickets?measure=allocated&createdIn=2026-01&createdIn=2026-02", "createdIn" },
        { "/api/scoring/scorecard/all/tickets?measure=coachingSessions&createdIn=2026-01", "createdIn" },
        { "/api/scoring/scorecard/all/tickets?measure=allocated&touched=2026-02-03&asOf=2026-02-04T00:00:00Z",
            "touched" },
        { "/api/scoring/charts/pulse?month=2026-13", "month" },
        { "/api/scoring/charts/causes?day=Someday", "day" },
        { "/api/scoring/charts/completed?week=2026-W54", "week" },
        { "/api/scoring/escalations?coached=maybe", "coached" },
        { "/api/scoring/agents/x/grade", "agentId" },
        { $"/api/scoring/agents/{Guid.NewGuid()}/grade?month=May", "month" },
        { "/api/scoring/history?year=20x6", "year" },
        { "/api/scoring/history?year=99999", "year" },
        { "/api/scoring/pipeline?search=%00", "search" },
        { "/api/scoring/scorecard?team=%00", "team" },
        { "/api/scoring/department?month=2026-13", "month" },
        { "/api/scoring/department?month=2026-11&department=Not%20one", "department" },
        { "/api/scoring/department?department=", "department" },
        { "/api/scoring/pipeline?sort=f.agent", "sort" },
        { "/api/scoring/pipeline?sort=TITLE", "sort" },
        { "/api/scoring/pipeline?sort=title&sort=type", "sort" },
        { "/api/scoring/pipeline?sort=title&desc=down", "desc" },
        { "/api/scoring/work-days?week=2026-W54", "week" },
        { "/api/scoring/coaching-due?atLeast=x", "atLeast" },
        { "/api/scoring/stream?topics=gossip", "topics" }
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_malformed_value_is_refused_naming_its_field(string path, string field)
    {
        var problem = await host.Client(host.Tokens.Admin()).CallAsync(HttpMethod.Get, path)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, (string?)problem["field"]);
    }

    [Theory]
    [InlineData("my?month=2026-00", "month")]
    [InlineData("my/week?date=2026-02-30", "date")]
    [InlineData("my/payments?currency=EURO", "currency")]
    [InlineData("reps/x", "repId")]
    public async Task Also_on_a_reps_dashboard(string path, string field)
    {
        var problem = await host.Client(host.Tokens.Agent(Guid.NewGuid()))
            .CallAsync(HttpMethod.Get, "/api/scoring/" + path).ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, (string?)problem["field"]);
    }

    [Theory]
    [InlineData("/api/scoring/policies", "{}", "effectiveFrom")]
    [InlineData("/api/scoring/policies", "{\"effectiveFrom\":\"2026-01-01\"}", "policy")]
    [InlineData("/api/scoring/policies", "{\"effectiveFrom\":\"2026-01-01\",\"policy\":{}}", "policy.gradeUpTo")]
    [InlineData("/api/scoring/policies/simulate", "{}", "effectiveFrom")]
    [InlineData("/api/scoring/policies/simulate", "{\"effectiveFrom\":\"2026-01-01\"}", "policy")]
    [InlineData("/api/scoring/policies/simulate", "{\"effectiveFrom\":\"2026-01-01\",\"policy\":{}}", "policy.")]
    [InlineData("/api/scoring/policies", "[]", "body")]
    [InlineData("/api/scoring/policies", "{", "body")]
    public async Task A_policy_that_cannot_be_scored_with_is_refused(string path, string body, string field)
    {
        var problem = await host.Client(host.Tokens.Admin()).CallAsync(HttpMethod.Post, path, body)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.StartsWith(field, (string?)problem["field"] ?? "body");
    }

    [Theory]
    [InlineData("{\"businessZone\":\"Mars/Olympus\"}", "businessZone")]
    [InlineData("{\"financialYearStart\":13}", "financialYearStart")]
    [InlineData("{\"workingWeekdays\":[]}", "workingWeekdays")]
    [InlineData("{\"workingWeekdays\":[null]}", "workingWeekdays")]
    public async Task A_setting_that_makes_no_sense_is_refused(string body, string field)
    {
        var problem = await host.Client(host.Tokens.Admin()).CallAsync(HttpMethod.Put, "/api/scoring/settings", body)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, (string?)problem["field"]);
    }

    [Fact]
    public async Task Random_queries_never_break_it()
    {
        var random = new Random(42);
        var client = host.Client(host.Tokens.Admin());
        string[] paths = ["scorecard", "history", "filters", "pipeline", "rejections", "scorecard/all/tickets",
            "charts/pulse", "charts/causes", "charts/completed", "escalations", "department"];
        string[] fields = ["month", "week", "day", "assignee", "type", "state", "status", "coached", "measure", "page",
            "team", "department"];
        for (var i = 0; i < 200; i++)
        {
            var value = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(0x3000))]);
            var path = $"/api/scoring/{paths[random.Next(paths.Length)]}?{fields[random.Next(fields.Length)]}="
                + Uri.EscapeDataString(value);
            using var response = await client.CallAsync(HttpMethod.Get, path);
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} {path}");
        }
    }
}
