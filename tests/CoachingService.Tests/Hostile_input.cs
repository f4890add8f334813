using System.Net;
using Performance.Testing;

namespace Performance.Coaching;

/// <summary>Bad input is answered 4xx with the field, and leaves no trace.</summary>
public sealed class Hostile_input(CoachingApp app) : IClassFixture<CoachingApp>
{
    private const string Goal = "\"metric\":\"calls\",\"amount\":5,\"from\":\"2026-01\"";
    private const string Session = "\"agentId\":\"{ann}\",\"date\":\"2026-01-15\",\"notes\":\"n\"";

    private const string Backup = "\"format\":\"performance-portal-data\"";
    private static readonly string Deep = new('[', 1000);

    /// <summary>Method, path, body, field.</summary>
    public static TheoryData<string, string, string?, string> Corpus => new()
    {
        { "GET", "agents?page=0", null, "page" },
        { "GET", "agents?page=-1", null, "page" },
        { "GET", "agents?page=1e3", null, "page" },
        { "GET", "agents?page=99999999999999999999", null, "page" },
        { "GET", "agents?pageSize=501", null, "pageSize" },
        { "GET", "agents?pageSize=x", null, "pageSize" },
        { "GET", "agents?active=maybe", null, "active" },
        { "GET", "agents?unassigned=1", null, "unassigned" },
        { "GET", "agents?teamId=' or 1=1 --", null, "teamId" },
        { "GET", "agents?search=%00", null, "search" },
        { "GET", "agents/x", null, "agentId" },
        { "GET", "agents/00000000-0000-0000-0000-000000000000", null, "agentId" },
        { "GET", "teams/..%2f..%2fetc", null, "teamId" },
        { "GET", "teams?page=a", null, "page" },
        { "GET", "departments?pageSize=0", null, "pageSize" },
        { "GET", "attendance/{ann}?from=2026-13", null, "from" },
        { "GET", "attendance/{ann}?from=2026-05&to=2026-04", null, "from" },
        { "GET", "attendance/{ann}?from=1901-01&to=2026-04", null, "from" },
        { "GET", "attendance/{ann}?to=now", null, "to" },
        { "GET", "attendance/ann", null, "agentId" },
        { "GET", "ramp/ann", null, "agentId" },
        { "GET", "goals/A%20B", null, "owner" },
        { "GET", "sessions?agentId=1", null, "agentId" },
        { "GET", "sessions?ticketId=1", null, "ticketId" },
        { "GET", "sessions/1", null, "sessionId" },
        { "GET", "sessions/record.pdf", null, "ticketId" },
        { "GET", "sessions/record.pdf?ticketId=TT-1", null, "ticketId" },
        { "GET", "agents/ann/record.pdf", null, "agentId" },
        { "GET", "agents/{ann}/record.pdf?from=yesterday", null, "from" },
        { "GET", "agents/{ann}/record.pdf?to=2026-02-30", null, "to" },
        { "GET", "agents/{ann}/record.pdf?from=2026-02-02&to=2026-02-01", null, "from" },
        { "GET", "weekly-reviews/2026-47", null, "week" },
        { "GET", "weekly-reviews/2025-W53", null, "week" },
        { "GET", "weekly-reviews/2026-W00", null, "week" },
        { "POST", "weekly-reviews/2026-W03/steps/1", "{}", "done" },
        { "POST", "weekly-reviews/2026-W03/steps/0", "{\"done\":true}", "step" },
        { "POST", "weekly-reviews/2026-W03/steps/10", "{\"done\":true}", "step" },
        { "POST", "weekly-reviews/2026-W03/steps/+1", "{\"done\":true}", "step" },
        { "POST", "weekly-reviews/2199-W01/steps/1", "{\"done\":true}", "week" },
        { "POST", "weekly-reviews/2026-W03/steps/1", "{\"done\":true,\"note\":\"a\\u0000b\"}", "note" },
        { "POST", "backup", "", "body" },
        { "POST", "backup", "null", "body" },
        { "POST", "backup", "[]", "body" },
        { "POST", "backup", "{", "body" },
        { "POST", "backup", "{}", "format" },
        { "POST", "backup", "{\"format\":5}", "format" },
        { "POST", "backup", "{\"format\":\"tt-portal\",\"version\":1}", "format" },
        { "POST", "backup", "{" + Backup + ",\"version\":2}", "version" },
        { "POST", "backup", "{" + Backup + ",\"version\":\"1\"}", "version" },
        { "POST", "backup?dryRun=perhaps", "{" + Backup + ",\"version\":1}", "dryRun" },
        { "POST", "backup", "{" + Backup + ",\"version\":1,\"agents\":{}}", "agents" },
        { "POST", "backup", "{" + Backup + ",\"version\":1,\"agents\":[5]}", "agents[0]" },
        {
            "POST", "backup", "{" + Backup + ",\"version\":1,\"attendance\":[{},{\"percent\":\"95\"}]}",
            "attendance[1].percent"
        },
        {
            "POST", "backup", "{" + Backup + ",\"version\":1,\"coachingLogs\":[{\"actionItem\":[]}]}",
            "coachingLogs[0].actionItem"
        },
        { "POST", "backup", "{" + Backup + ",\"version\":1,\"rampPlans\":" + Deep + "}", "rampPlans[0]" },
        { "POST", "agents", "{}", "name" },
        { "POST", "agents", "{\"name\":5}", "name" },
        { "POST", "agents", "{\"name\":\"a\\u0000b\"}", "name" },
        { "POST", "agents", "{\"name\":\"\\ud800\"}", "name" },
        { "POST", "agents", "{\"name\":\"x\",\"id\":\"1\"}", "id" },
        { "POST", "agents", "{\"name\":\"x\",\"email\":\"a@b\\r\\nBcc: c@d\"}", "email" },
        { "POST", "agents", "{\"name\":\"x\",\"email\":\"nobody\"}", "email" },
        { "POST", "agents", "{\"name\":\"x\",\"teamId\":\"nowhere\"}", "teamId" },
        { "POST", "agents", "{\"name\":\"x\",\"active\":\"yes\"}", "active" },
        { "POST", "agents", "{\"name\":\"x\"", "body" },
        { "POST", "agents", "[]", "body" },
        { "POST", "agents", "null", "body" },
        { "POST", "agents", "", "body" },
        { "PUT", "agents/{ann}", "{\"name\":\"\"}", "name" },
        { "PUT", "agents/1", "{\"name\":\"x\"}", "agentId" },
        { "POST", "agents/merge", "{}", "keep" },
        { "POST", "agents/merge", "{\"keep\":\"{ann}\"}", "merge" },
        { "POST", "agents/merge", "{\"keep\":\"x\",\"merge\":\"y\"}", "keep" },
        { "PUT", "teams/North", "{\"name\":\"x\"}", "teamId" },
        { "PUT", "teams/north", "{}", "name" },
        { "PUT", "teams/north", "{\"name\":\"x\",\"departmentId\":\"none\"}", "departmentId" },
        { "PUT", "teams/north", "{\"name\":\"x\",\"distributes\":\"all\"}", "distributes" },
        { "PUT", "departments/-x", "{\"name\":\"x\"}", "departmentId" },
        { "PUT", "attendance/{ann}/2026-1", "{\"percent\":1}", "month" },
        { "PUT", "attendance/{ann}/2026-01", "{}", "percent" },
        { "PUT", "attendance/{ann}/2026-01", "{\"percent\":\"95\"}", "percent" },
        { "PUT", "attendance/{ann}/2026-01", "{\"percent\":100.1}", "percent" },
        { "PUT", "attendance/{ann}/2026-01", "{\"percent\":-1}", "percent" },
        { "PUT", "attendance/{ann}/2026-01", "{\"percent\":1e999}", "percent" },
        { "PUT", "attendance/{ann}/2026-01", "{\"percent\":NaN}", "percent" },
        { "PUT", "attendance/x/2026-01", "{\"percent\":1}", "agentId" },
        { "PUT", "ramp/{ann}", "{}", "hireMonth" },
        { "PUT", "ramp/{ann}", "{\"hireMonth\":\"soon\"}", "hireMonth" },
        { "PUT", "ramp/{ann}", "{\"hireMonth\":202601}", "hireMonth" },
        { "PUT", "goals/NORTH", "{" + Goal + "}", "owner" },
        { "PUT", "goals/{ann}", "{" + Goal + ",\"currency\":\"USD\"}", "currency" },
        { "PUT", "goals/{ann}", "{\"metric\":\"payments\",\"amount\":5,\"from\":\"2026-01\"}", "currency" },
        { "PUT", "goals/{ann}", "{\"metric\":\"x\",\"amount\":5,\"from\":\"2026-01\"}", "metric" },
        { "PUT", "goals/{ann}", "{\"metric\":\"calls\",\"amount\":{},\"from\":\"2026-01\"}", "amount" },
        { "PUT", "goals/{ann}", "{\"metric\":\"calls\",\"amount\":5,\"from\":\"\"}", "from" },
        { "POST", "sessions", "{" + Session.Replace("{ann}", "x") + "}", "agentId" },
        { "POST", "sessions", "{" + Session + ",\"ticketId\":\"t\"}", "ticketId" },
        { "POST", "sessions", "{" + Session + ",\"id\":\"s\"}", "id" },
        { "POST", "sessions", "{" + Session + ",\"actionItem\":{}}", "actionItem.text" },
        { "POST", "sessions", "{" + Session + ",\"actionItem\":{\"text\":\"t\",\"owner\":\"x\"}}", "actionItem.owner" },
        {
            "POST", "sessions", "{" + Session + ",\"actionItem\":{\"text\":\"t\",\"dueDate\":\"x\"}}",
            "actionItem.dueDate"
        },
        { "POST", "sessions", "{" + Session + ",\"actionItem\":7}", "actionItem" },
        { "POST", "sessions", "{" + Session.Replace("2026-01-15", "2999-01-01") + "}", "date" },
        { "POST", "sessions", "{" + Session.Replace("2026-01-15", "15.1.2026") + "}", "date" },
        { "POST", "sessions", "{" + Session.Replace("\"n\"", "\"\\u0001\"") + "}", "notes" },
        { "POST", "sessions/x/acknowledge", null, "sessionId" },
        { "POST", "sessions/11111111-1111-1111-1111-111111111111/action-item", "{}", "done" },
        { "POST", "sessions/11111111-1111-1111-1111-111111111111/action-item", "{\"done\":1}", "done" }
    };

    [Theory]
    [MemberData(nameof(Corpus))]
    public Task Is_refused_by_field(string method, string path, string? body, string field) =>
        app.ShouldChangeNothingAsync(async () =>
        {
            var ann = app.Ann.ToString();
            var problem = await app.CallAsync(
                    method, path.Replace("{ann}", ann), body?.Replace("{ann}", ann), app.Admin)
                .ProblemAsync(HttpStatusCode.BadRequest);
            Assert.Equal(field, problem["field"]?.GetValue<string>());
        });

    [Theory]
    [InlineData("PUT", "attendance/{unknown}/2026-01", "{\"percent\":1}")]
    [InlineData("PUT", "ramp/{unknown}", "{\"hireMonth\":null}")]
    [InlineData("PUT", "goals/{unknown}", "{" + Goal + "}")]
    [InlineData("PUT", "goals/nowhere", "{" + Goal + "}")]
    [InlineData("GET", "goals/nowhere", null)]
    [InlineData("GET", "agents/{unknown}", null)]
    [InlineData("GET", "teams/nowhere", null)]
    [InlineData("GET", "sessions?agentId={unknown}", null)]
    [InlineData("GET", "sessions/{unknown}", null)]
    [InlineData("POST", "sessions/{unknown}/acknowledge", null)]
    [InlineData("POST", "agents/merge", "{\"keep\":\"{unknown}\",\"merge\":\"{ann}\"}")]
    [InlineData("POST", "agents/merge", "{\"keep\":\"{ann}\",\"merge\":\"{unknown}\"}")]
    [InlineData("POST", "sessions", "{\"agentId\":\"{unknown}\",\"date\":\"2026-01-15\",\"notes\":\"n\"}")]
    public Task About_what_is_not_there_is_not_found(string method, string path, string? body) =>
        app.ShouldChangeNothingAsync(async () =>
        {
            string Fill(string text) => text.Replace("{ann}", app.Ann.ToString())
                .Replace("{unknown}", "11111111-1111-1111-1111-111111111111");
            await app.CallAsync(method, Fill(path), body is null ? null : Fill(body), app.Admin)
                .ProblemAsync(HttpStatusCode.NotFound);
        });

    [Theory]
    [InlineData("If-Match", "x")]
    [InlineData("If-Match", "\"-1\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    [InlineData("Idempotency-Key", "")]
    public async Task In_headers_is_never_a_fault_of_the_server(string header, string value)
    {
        var response = await app.CallAsync(
            "PUT", $"ramp/{app.Ann}", """{"hireMonth":"2025-01"}""", app.Admin, (header, value));
        Assert.InRange((int)response.StatusCode, 200, 499);
    }

    [Fact]
    public Task In_a_very_long_body_is_refused() => app.ShouldChangeNothingAsync(() => app.CallAsync(
            "POST", "agents", new { name = new string('x', 100_000) }, app.Admin)
        .ProblemAsync(HttpStatusCode.BadRequest));
}
