using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Performance.Gateway.Setup;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;
using Xunit.Abstractions;

namespace Performance.Gateway;

/// <summary>The first wall: every route of the gateway by every role. A route without a row here fails.</summary>
[Collection(nameof(SharedGateway))]
public sealed class Who_may_call_what(GatewayFixture fixture, ITestOutputHelper output)
{
    private const string Nobody = "nobody";

    // Who: A agent, T team-lead, S supervisor, D department-head, X admin, I integration, R requestor, - nobody.
    private static readonly (string Route, string Method, string Path, string Who)[] Matrix =
    [
        ("public-form", "POST", "/api/tickets", "ATSDXIR-"),
        ("status-link", "GET", "/api/tickets/status/token", "ATSDXIR-"),
        ("status-link", "POST", "/api/tickets/status/token/messages", "ATSDXIR-"),
        ("imports", "POST", "/api/tickets/imports", "TSX"),
        ("imports", "GET", "/api/tickets/imports/1", "TSX"),
        ("sync", "GET", "/api/tickets/sync", "X"),
        ("sync", "PUT", "/api/tickets/sync/settings", "X"),
        ("sync-webhook", "POST", "/api/tickets/sync/webhook", "ATSDXIR-"),
        ("tickets-backup", "POST", "/api/tickets/backup", "X"),
        ("tickets", "GET", "/api/tickets", "ATSDX"),
        ("tickets", "POST", "/api/tickets/1/assign", "ATSDX"),
        ("activity", "POST", "/api/activity", "XI"),
        ("worklog", "PUT", "/api/worklog/1/2026-06-01", "ATSDX"),
        ("kpi-types", "GET", "/api/kpi-types", "ATSDX"),
        ("kpi-types-writes", "PUT", "/api/kpi-types/1", "X"),
        ("departments", "GET", "/api/departments", "ATSDX"),
        ("departments-writes", "POST", "/api/departments", "X"),
        ("calendars", "GET", "/api/calendars/us", "ATSDX"),
        ("calendars-writes", "DELETE", "/api/calendars/us", "X"),
        ("scoring", "GET", "/api/scoring/scorecard", "ATSDX"),
        ("scoring", "GET", "/api/scoring/policies", "ATSDX"),
        ("scoring-stream", "HEAD", "/api/scoring/stream", "ATSDX"),
        ("settings-writes", "PUT", "/api/scoring/settings", "X"),
        ("scoring", "GET", "/api/scoring/settings", "ATSDX"),
        ("policies-writes", "POST", "/api/scoring/policies", "X"),
        ("policies-writes", "POST", "/api/scoring/policies/simulate", "X"),
        ("coaching", "GET", "/api/coaching/agents", "ATSDX"),
        ("coaching", "POST", "/api/coaching/sessions/1/acknowledge", "ATSDX"),
        ("coaching-backup", "GET", "/api/coaching/backup", "X"),
        ("coaching-backup", "GET", "/api/coaching/backup/mirror", "X"),
        ("attendance-writes", "PUT", "/api/coaching/attendance/1/2026-06", "TSX"),
        ("ramp-writes", "PUT", "/api/coaching/ramp/1", "TSX"),
        ("goals-writes", "PUT", "/api/coaching/goals/1", "TSX"),
        ("notifications", "GET", "/api/notifications/inbox", "ATSDX"),
        ("inbox-stream", "HEAD", "/api/notifications/inbox/stream", "ATSDX"),
        ("openapi-tickets", "GET", "/openapi/tickets.json", "ATSDXIR-"),
        ("openapi-scoring", "GET", "/openapi/scoring.json", "ATSDXIR-"),
        ("openapi-coaching", "GET", "/openapi/coaching.json", "ATSDXIR-"),
        ("openapi-notifications", "GET", "/openapi/notifications.json", "ATSDXIR-"),
        ("portal", "GET", "/", "ATSDXIR-"),
        ("portal", "GET", "/some/page", "ATSDXIR-"),
        ("GET /auth/me", "GET", "/auth/me", "ATSDXIR"),
        ("POST /auth/renew", "POST", "/auth/renew", "ATSDXIR"),
        ("POST /auth/password", "POST", "/auth/password", "ATSDXIR"),
        ("POST /auth/login", "POST", "/auth/login", "ATSDXIR-"),
        ("POST /auth/logout", "POST", "/auth/logout", "ATSDXIR-"),
        ("POST /auth/token", "POST", "/auth/token", "-"),
        ("GET /auth/users", "GET", "/auth/users", "X"),
        ("GET /auth/users/{userName}", "GET", "/auth/users/admin", "X"),
        ("POST /auth/users", "POST", "/auth/users", "X"),
        ("PUT /auth/users/{userName}", "PUT", "/auth/users/nobody", "X"),
        ("DELETE /auth/users/{userName}", "DELETE", "/auth/users/nobody", "X"),
        ("GET /auth/keys", "GET", "/auth/keys", "X"),
        ("POST /auth/keys", "POST", "/auth/keys", "X"),
        ("DELETE /auth/keys/{id}", "DELETE", $"/auth/keys/{Guid.Empty}", "X"),
        ("GET /.well-known/jwks.json", "GET", "/.well-known/jwks.json", "ATSDXIR-"),
        ("GET /health", "GET", "/health", "ATSDXIR-"),
        ("GET /alive", "GET", "/alive", "ATSDXIR-"),
        ("GET /openapi/gateway.json", "GET", "/openapi/gateway.json", "ATSDXIR-"),
        (" /api/{**rest}", "GET", "/api/nothing", "ATSDXIR-"),
        (" /auth/{**rest}", "GET", "/auth/nothing", "ATSDXIR-"),
        (" /openapi/{**rest}", "GET", "/openapi/a/b", "ATSDXIR-"),
        (" /.well-known/{**rest}", "GET", "/.well-known/nothing", "ATSDXIR-")
    ];

    private static readonly (char Letter, string Role)[] Columns =
    [
        ('A', Roles.Agent), ('T', Roles.TeamLead), ('S', Roles.Supervisor), ('D', Roles.DepartmentHead),
        ('X', Roles.Admin), ('I', Roles.Integration), ('R', Roles.Requestor), ('-', Nobody)
    ];

    [Fact]
    public async Task By_role()
    {
        var wrong = new List<string>();
        foreach (var (letter, role) in Columns)
        {
            // A token works for its life, even after the row that signs out.
            var token = role == Nobody ? null : await fixture.TokenAsync(role);
            foreach (var (route, method, path, who) in Matrix.Where(row => row.Route != "POST /auth/token"))
            {
                var answer = await fixture.Client.CallAsync(
                    new HttpMethod(method), path, method is "POST" or "PUT" ? new { } : null, token);
                var refused = role == Nobody ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                var body = await answer.Content.ReadAsStringAsync();
                var passed = answer.StatusCode != refused
                    || (route == "POST /auth/login" && body.Contains("required", StringComparison.Ordinal));
                if (passed != who.Contains(letter) || (int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{role}: {method} {path} ({route}) answered {(int)answer.StatusCode} {body}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void And_every_route_has_a_row()
    {
        var endpoints = fixture.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>();
        var names = endpoints.Select(NameOf).Distinct().ToList();
        output.WriteLine(string.Join("\n", names));
        Assert.Empty(names.Except(Matrix.Select(row => row.Route)));
        Assert.Empty(Matrix.Select(row => row.Route).Except(names));
    }

    private static string NameOf(RouteEndpoint endpoint)
    {
        var name = RouteTable.Routes.Select(route => route.Name).FirstOrDefault(route => route == endpoint.DisplayName);
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        return name ?? $"{string.Join(",", methods)} {endpoint.RoutePattern.RawText}";
    }
}
