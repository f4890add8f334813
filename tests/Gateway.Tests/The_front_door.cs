using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class The_front_door(GatewayFixture fixture)
{
    private readonly HttpClient client = fixture.Client;

    [Theory]
    [InlineData("/")]
    [InlineData("/api/tickets")]
    [InlineData("/auth/me")]
    [InlineData("/docs/index.html")]
    [InlineData("/api/nothing/here")]
    public async Task Every_answer_tells_the_browser_what_it_may_do(string path)
    {
        var answer = await client.CallAsync(HttpMethod.Get, path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe-eval", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_trace_goes_through_and_its_id_comes_back()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var answer = await client.CallAsync(
            HttpMethod.Post, "/api/tickets", new { }, null, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
        Assert.Equal(trace, answer.Headers.GetValues("X-Trace-Id").Single());
        var seen = await Task.FromResult(answer).AsAsync<Seen>();
        Assert.StartsWith($"00-{trace}-", seen.Headers["traceparent"]);
    }

    [Fact]
    public async Task Without_one_the_gateway_begins_it()
    {
        var answer = await client.CallAsync(HttpMethod.Post, "/api/tickets", new { });
        var seen = await Task.FromResult(answer).AsAsync<Seen>();
        Assert.Contains(answer.Headers.GetValues("X-Trace-Id").Single(), seen.Headers["traceparent"]);
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/auth/nothing", 404)]
    [InlineData("GET", "/auth/login", 405)]
    [InlineData("DELETE", "/auth/users", 405)]
    [InlineData("GET", "/openapi/nothing.json", 404)]
    [InlineData("GET", "/.well-known/nothing", 404)]
    public async Task What_no_service_has_is_not_a_page_of_the_portal(string method, string path, int status) =>
        await client.CallAsync(new HttpMethod(method), path).ProblemAsync((HttpStatusCode)status);

    [Theory]
    [InlineData("tickets", "ticket-service")]
    [InlineData("scoring", "scoring-service")]
    [InlineData("coaching", "coaching-service")]
    [InlineData("notifications", "notification-service")]
    public async Task The_documents_come_from_the_services(string document, string service)
    {
        var seen = await client.CallAsync(HttpMethod.Get, $"/openapi/{document}.json").AsAsync<Seen>();
        Assert.Equal(service, seen.Service);
        Assert.Equal("/openapi/v1.json", seen.Path);
    }

    [Fact]
    public async Task Its_own_document_names_its_endpoints()
    {
        var document = await client.CallAsync(HttpMethod.Get, "/openapi/gateway.json").JsonAsync();
        Assert.NotNull(document["paths"]!["/auth/login"]!["post"]);
        Assert.NotNull(document["paths"]!["/auth/users/{userName}"]!["put"]);
    }

    [Fact]
    public async Task The_browsable_page_brings_all_its_files()
    {
        var page = await client.GetStringAsync("/docs/index.html");
        var files = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.Contains("//", StringComparison.Ordinal));
        Assert.DoesNotMatch("<script[^>]*>[^<]*\\w", page);
        foreach (var file in files)
        {
            await client.CallAsync(HttpMethod.Get, new Uri(new Uri("http://x/docs/index.html"), file).PathAndQuery)
                .ShouldBeAsync(HttpStatusCode.OK);
        }

        await client.CallAsync(HttpMethod.Get, "/docs").ShouldBeAsync(HttpStatusCode.MovedPermanently);
    }
}
