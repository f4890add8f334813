using System.Net;
using Performance.Testing;

namespace Performance.Coaching;

/// <summary>Every endpoint, called by every role: a new endpoint without a row fails.</summary>
public sealed class Authorisation_matrix(CoachingApp app) : IClassFixture<CoachingApp>
{
    private const string Everyone = "ann bob supervisor-north supervisor-south lead-north lead-south head-sales "
        + "head-service admin";

    private const string SeesAnn = "ann supervisor-north lead-north head-sales admin";
    private const string Supervisors = "supervisor-north supervisor-south lead-north lead-south admin";
    private const string Overseers = "head-sales head-service " + Supervisors;
    private const string DecidesForAnn = "supervisor-north lead-north admin";

    private static readonly string[] Callers =
        [.. Everyone.Split(' '), "integration", "requestor", "no-role", "nobody"];

    private static readonly Row[] Rows =
    [
        new("GET", "agents", Everyone),
        new("GET", "agents/{agentId}", SeesAnn, "agents/{ann}"),
        new("POST", "agents", DecidesForAnn, Body: """{"name":"New","teamId":"north"}"""),
        new("PUT", "agents/{agentId}", DecidesForAnn, "agents/{ann}", """{"name":"Ann","teamId":"north"}"""),
        new("POST", "agents/merge", DecidesForAnn, Body: """{"keep":"{ann}","merge":"{unassigned}"}"""),
        new("GET", "teams", Everyone),
        new("GET", "teams/{teamId}", SeesAnn, "teams/north"),
        new("PUT", "teams/{teamId}", "admin", "teams/north", """{"name":"North","departmentId":"sales"}"""),
        new("GET", "departments", Everyone),
        new("PUT", "departments/{departmentId}", "admin", "departments/sales", """{"name":"Sales"}"""),
        new("GET", "attendance/{agentId}", SeesAnn, "attendance/{ann}"),
        new("PUT", "attendance/{agentId}/{month}", DecidesForAnn, "attendance/{ann}/2026-01", """{"percent":95.5}"""),
        new("GET", "ramp/{agentId}", SeesAnn, "ramp/{ann}"),
        new("PUT", "ramp/{agentId}", DecidesForAnn, "ramp/{ann}", """{"hireMonth":"2026-01"}"""),
        new("GET", "goals/{owner}", SeesAnn, "goals/{ann}"),
        new("GET", "goals/{owner}", SeesAnn, "goals/north"),
        new("PUT", "goals/{owner}", DecidesForAnn, "goals/{ann}",
            """{"metric":"calls","amount":400,"from":"2026-01"}"""),
        new("PUT", "goals/{owner}", DecidesForAnn, "goals/north",
            """{"metric":"calls","amount":400,"from":"2026-01"}"""),
        new("POST", "sessions", DecidesForAnn,
            Body: """{"agentId":"{ann}","date":"2026-01-15","notes":"Talked."}"""),
        new("GET", "sessions", SeesAnn, "sessions?agentId={ann}"),
        new("GET", "sessions", Everyone, "sessions"),
        new("GET", "sessions/{sessionId}", SeesAnn, "sessions/{session}"),
        new("POST", "sessions/{sessionId}/acknowledge", "ann", "sessions/{session}/acknowledge"),
        new("POST", "sessions/{sessionId}/action-item", "ann " + DecidesForAnn, "sessions/{session}/action-item",
            """{"done":true}"""),
        new("GET", "agents/{agentId}/record.pdf", SeesAnn, "agents/{ann}/record.pdf"),
        new("GET", "sessions/record.pdf", Everyone,
            "sessions/record.pdf?ticketId=00000000-0000-4000-8000-000000000001"),
        new("GET", "weekly-reviews/{week}", Overseers, "weekly-reviews/2026-W03"),
        new("POST", "weekly-reviews/{week}/steps/{step}", Supervisors, "weekly-reviews/2026-W03/steps/1",
            """{"done":true}"""),
        new("GET", "backup", "admin"),
        new("POST", "backup", "admin", Body: """{"format":"performance-portal-data","version":1}"""),
        new("GET", "backup/mirror", "admin")
    ];

    [Fact]
    public void Has_a_row_for_every_endpoint() => Assert.Equal(
        app.Endpoints(),
        Rows.Select(r => $"{r.Method} /api/coaching/{r.Endpoint}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Holds_for_every_role()
    {
        var wrong = new List<string>();
        foreach (var row in Rows)
        {
            foreach (var caller in Callers)
            {
                var expected = row.Allowed.Split(' ').Contains(caller) ? "2xx" : caller == "nobody" ? "401" : "403";
                var before = await app.ContentsAsync();
                var (path, body) = (await FillAsync(row.Path ?? row.Endpoint), await FillAsync(row.Body));
                var prepared = row.Body?.Contains("{unassigned}", StringComparison.Ordinal) == true
                    || row.Path?.Contains("{session}", StringComparison.Ordinal) == true;
                before = prepared ? await app.ContentsAsync() : before;
                var status = (await app.CallAsync(
                    row.Method, path, body, app.Token(caller.Replace('-', ' ')))).StatusCode;
                var got = CoachingApp.IsSuccess(status) ? "2xx" : ((int)status).ToString();
                if (got != expected || (got != "2xx" && before != await app.ContentsAsync()))
                {
                    wrong.Add($"{row.Method} {path} by {caller}: {got} instead of {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Accepts_no_token_that_the_gateway_did_not_sign()
    {
        foreach (var (flaw, token) in TestTokens.Shared.Hostile())
        {
            foreach (var row in Rows)
            {
                var path = (row.Path ?? row.Endpoint).Replace("{session}", Guid.Empty.ToString())
                    .Replace("{ann}", app.Ann.ToString());
                var status = (await app.CallAsync(row.Method, path, row.Body, token)).StatusCode;
                Assert.True(status == HttpStatusCode.Unauthorized, $"{flaw}: {row.Method} {path} answered {status}");
            }
        }
    }

    [Fact]
    public async Task Shows_everybody_their_own_part_of_the_directory()
    {
        async Task<string> NamesAsync(string caller) => string.Join(' ', (await app.GetAsync(
                "agents?search=n&pageSize=500&teamId=north", app.Token(caller)))["items"]!.AsArray()
            .Select(a => a!["name"]!.GetValue<string>()).Where(n => n is "Ann").Order());
        Assert.Equal("Ann", await NamesAsync("supervisor north"));
        Assert.Equal("Ann", await NamesAsync("head sales"));
        Assert.Equal("Ann", await NamesAsync("ann"));
        Assert.Equal("", await NamesAsync("supervisor south"));
        Assert.Equal("", await NamesAsync("bob"));
    }

    [Fact]
    public async Task Keeps_supervisors_from_moving_agents_between_teams()
    {
        var agent = await app.NewAgentAsync("north");
        foreach (var team in new[] { "\"south\"", "null" })
        {
            await app.CallAsync("PUT", $"agents/{agent}", $$"""{"name":"X","teamId":{{team}}}""", app.Supervisor)
                .ProblemAsync(HttpStatusCode.Forbidden);
        }

        await app.CallAsync(
                "POST", "agents/merge", new { keep = app.Ann, merge = app.Bob }, app.Supervisor)
            .ProblemAsync(HttpStatusCode.Forbidden);
    }

    private async Task<string> FillAsync(string? text)
    {
        text = text?.Replace("{ann}", app.Ann.ToString()) ?? "";
        text = text.Contains("{session}", StringComparison.Ordinal)
            ? text.Replace("{session}", (await app.NewSessionAsync()).ToString()) : text;
        return text.Contains("{unassigned}", StringComparison.Ordinal)
            ? text.Replace("{unassigned}", (await app.NewAgentAsync()).ToString()) : text;
    }

    private sealed record Row(
        string Method, string Endpoint, string Allowed, string? Path = null, string? Body = null);
}
