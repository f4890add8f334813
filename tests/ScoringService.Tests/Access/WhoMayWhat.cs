using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Every endpoint of the service by every role. An endpoint without a row fails.</summary>
public sealed class WhoMayWhat(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly Guid Ann = Guid.NewGuid();
    private static readonly Guid Bob = Guid.NewGuid();

    /// <summary>
    /// agent (Ann), supervisor and team-lead of Ann's team, head of Ann's department, admin, integration, nobody.
    /// </summary>
    private static readonly (string Endpoint, string Path, int[] Expected)[] Matrix =
    [
        ("GET /api/scoring/scorecard", "/api/scoring/scorecard", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/scorecard/{agentId}/tickets", $"/api/scoring/scorecard/{Ann}/tickets?measure=closed",
            [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/scorecard/{agentId}/tickets", $"/api/scoring/scorecard/{Bob}/tickets?measure=closed",
            [403, 403, 403, 200, 403, 401]),
        ("GET /api/scoring/scorecard/{agentId}/tickets", "/api/scoring/scorecard/unassigned/tickets?measure=closed",
            [403, 403, 403, 200, 403, 401]),
        ("GET /api/scoring/scorecard/{agentId}/tickets", "/api/scoring/scorecard/all/tickets?measure=closed",
            [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/agents/{agentId}/grade", $"/api/scoring/agents/{Ann}/grade", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/agents/{agentId}/grade", $"/api/scoring/agents/{Bob}/grade", [403, 403, 403, 200, 403, 401]),
        ("GET /api/scoring/history", "/api/scoring/history", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/department", "/api/scoring/department", [403, 403, 200, 200, 403, 401]),
        ("GET /api/scoring/department", "/api/scoring/department?department=sales", [403, 403, 403, 200, 403, 401]),
        ("GET /api/scoring/filters", "/api/scoring/filters", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/pipeline", "/api/scoring/pipeline", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/coaching-due", "/api/scoring/coaching-due", [403, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/work-days", "/api/scoring/work-days", [403, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/escalations", "/api/scoring/escalations", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/rejections", "/api/scoring/rejections", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/charts/causes", "/api/scoring/charts/causes", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/charts/completed", "/api/scoring/charts/completed", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/charts/pulse", "/api/scoring/charts/pulse", [200, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/my", "/api/scoring/my", [200, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/my/week", "/api/scoring/my/week", [200, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/my/{metric}", "/api/scoring/my/calls", [200, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/reps/{repId}", $"/api/scoring/reps/{Ann}", [200, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/reps/{repId}", $"/api/scoring/reps/{Bob}", [403, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/reps/{repId}/week", $"/api/scoring/reps/{Ann}/week", [200, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/reps/{repId}/{metric}", $"/api/scoring/reps/{Ann}/calls", [200, 403, 403, 403, 403, 401]),
        ("GET /api/scoring/policies", "/api/scoring/policies", [403, 403, 403, 200, 403, 401]),
        ("POST /api/scoring/policies", "/api/scoring/policies", [403, 403, 403, 400, 403, 401]),
        ("POST /api/scoring/policies/simulate", "/api/scoring/policies/simulate", [403, 403, 403, 400, 403, 401]),
        ("GET /api/scoring/policies/{version}/moves", "/api/scoring/policies/1/moves",
            [403, 403, 403, 200, 403, 401]),
        ("GET /api/scoring/settings", "/api/scoring/settings", [403, 403, 403, 200, 403, 401]),
        ("PUT /api/scoring/settings", "/api/scoring/settings", [403, 403, 403, 200, 403, 401]),
        ("GET /api/scoring/asof/differences", "/api/scoring/asof/differences?asOf=2024-04-01T00:00:00Z",
            [403, 200, 200, 200, 403, 401]),
        ("GET /api/scoring/months", "/api/scoring/months", [403, 200, 200, 200, 403, 401]),
        ("POST /api/scoring/months/{month}/close", "/api/scoring/months/9/close", [403, 403, 403, 400, 403, 401]),
        ("POST /api/scoring/months/{month}/reopen", "/api/scoring/months/2024-01/reopen",
            [403, 403, 403, 400, 403, 401]),
        ("GET /api/scoring/months/{month}/adjustments", "/api/scoring/months/2024-01/adjustments",
            [403, 404, 404, 404, 403, 401]),
        ("GET /api/scoring/stream", "/api/scoring/stream?topics=none", [400, 400, 400, 400, 403, 401])
    ];

    public static TheoryData<string, string, int, int> Calls()
    {
        var calls = new TheoryData<string, string, int, int>();
        foreach (var (endpoint, path, expected) in Matrix)
        {
            foreach (var (role, status) in expected.Index())
            {
                calls.Add(endpoint.Split(' ')[0], path, role, status);
            }
        }

        return calls;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task By_role(string method, string path, int role, int expected)
    {
        await host.KnowsAsync(Ann, "Ann", "east", "claims");
        await host.KnowsAsync(Bob, "Bob", "west", "sales");
        string?[][] tokens =
        [
            [host.Tokens.Agent(Ann)], [host.Tokens.Supervisor("east"), host.Tokens.TeamLead("east")],
            [host.Tokens.DepartmentHead("claims")], [host.Tokens.Admin()],
            [host.Tokens.Integration(), host.Tokens.OfRole(Roles.Requestor)], [null, host.Tokens.Expired()]
        ];
        foreach (var token in tokens[role])
        {
            using var client = host.Client(token ?? "");
            var body = method == "GET" ? null : "{}";
            var response = await client.CallAsync(new HttpMethod(method), path, body);
            Assert.Equal((HttpStatusCode)expected, response.StatusCode);
        }
    }

    [Fact]
    public void Every_endpoint_has_a_row()
    {
        var open = new[] { "/health", "/alive", "/openapi/{documentName}.json" };
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !open.Contains(e.RoutePattern.RawText))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {e.RoutePattern.RawText}"));
        Assert.Equal(endpoints.Order().Distinct(), Matrix.Select(m => m.Endpoint).Order().Distinct());
    }

    [Fact]
    public async Task A_supervisor_may_look_at_a_reps_dashboard_once_the_setting_allows_it()
    {
        await host.KnowsAsync(Ann, "Ann", "east", "claims");
        await host.KnowsAsync(Bob, "Bob", "west", "sales");
        var admin = host.Client(host.Tokens.Admin());
        var supervisor = host.Client(host.Tokens.Supervisor("east"));
        var answer = await admin.CallAsync(
            HttpMethod.Put, "/api/scoring/settings", new { supervisorsSeeRepDashboards = true }).JsonAsync();
        var path = $"/api/scoring/reps/{Ann}?atLeast={answer["position"]}";
        await supervisor.CallAsync(HttpMethod.Get, path).ShouldBeAsync(HttpStatusCode.OK);
        await supervisor.CallAsync(HttpMethod.Get, $"/api/scoring/reps/{Bob}").ShouldBeAsync(HttpStatusCode.Forbidden);
        await admin.CallAsync(HttpMethod.Get, path).ShouldBeAsync(HttpStatusCode.Forbidden);
        answer = await admin.CallAsync(
            HttpMethod.Put, "/api/scoring/settings", new { supervisorsSeeRepDashboards = false }).JsonAsync();
        await supervisor.CallAsync(HttpMethod.Get, $"/api/scoring/reps/{Ann}?atLeast={answer["position"]}")
            .ShouldBeAsync(HttpStatusCode.Forbidden);
    }
}
