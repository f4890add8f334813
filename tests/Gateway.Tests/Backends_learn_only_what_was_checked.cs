using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Backends_learn_only_what_was_checked(GatewayFixture fixture)
{
    private readonly HttpClient client = fixture.Client;

    [Theory]
    [InlineData("/api/tickets", "ticket-service")]
    [InlineData("/api/scoring/scorecard", "scoring-service")]
    [InlineData("/api/coaching/agents", "coaching-service")]
    [InlineData("/api/notifications/inbox", "notification-service")]
    [InlineData("/", "portal")]
    [InlineData("/any/page?x=1", "portal")]
    public async Task The_cookie_becomes_a_bearer_token(string path, string service)
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        var seen = await client.CallAsync(HttpMethod.Get, path, null, null, signedIn.Header).AsAsync<Seen>();
        Assert.Equal(service, seen.Service);
        Assert.Equal(path, seen.Path + seen.Query);
        var token = new JsonWebToken(seen.Headers["Authorization"]["Bearer ".Length..]);
        Assert.Equal(user.Name, token.Subject);
        Assert.False(seen.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task A_token_passes_as_it_is()
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        var seen = await client.CallAsync(HttpMethod.Get, "/api/tickets", null, signedIn.Token).AsAsync<Seen>();
        Assert.Equal($"Bearer {signedIn.Token}", seen.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/openapi/tickets.json")]
    public async Task The_address_that_the_browser_asked_for_is_the_one_they_see(string path)
    {
        var seen = await client
            .CallAsync(HttpMethod.Get, path, null, null, ("Host", "performance.example.org:8443")).AsAsync<Seen>();

        Assert.Equal("performance.example.org:8443", seen.Headers["Host"]);
    }

    [Fact]
    public async Task Nobody_stays_nobody()
    {
        var seen = await client.CallAsync(HttpMethod.Post, "/api/tickets", new { }).AsAsync<Seen>();
        Assert.False(seen.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("X-User")]
    [InlineData("X-User-Id")]
    [InlineData("X-Auth-Request-User")]
    [InlineData("X-Roles")]
    [InlineData("X-Agent-Id")]
    [InlineData("X-Team")]
    [InlineData("X-Remote-User")]
    [InlineData("Remote-User")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-MS-CLIENT-PRINCIPAL")]
    [InlineData("x-ms-client-principal-name")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Client-Cert")]
    [InlineData("Forwarded")]
    [InlineData("Proxy-Authorization")]
    public async Task A_header_in_which_a_client_introduces_itself_is_dropped(string header)
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        foreach (var path in (string[])["/api/tickets", "/"])
        {
            var seen = await client.CallAsync(HttpMethod.Get, path, null, signedIn.Token, (header, "admin"))
                .AsAsync<Seen>();
            Assert.DoesNotContain(seen.Headers, h => h.Value.Contains("admin", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_the_client_is_comes_from_the_gateway()
    {
        var gateway = fixture.Start(null, ("TrustedProxies:0", null), ("TrustedProxies:1", null));
        var seen = await gateway.Client.CallAsync(
            HttpMethod.Get, "/", null, null, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "elsewhere.example"), ("X-Forwarded-Prefix", "/evil")).AsAsync<Seen>();
        Assert.Equal("127.0.0.1", seen.Headers["X-Forwarded-For"].Replace("::ffff:", ""));
        Assert.Equal("http", seen.Headers["X-Forwarded-Proto"]);
        Assert.Equal(gateway.Url.Authority, seen.Headers["X-Forwarded-Host"]);
        Assert.False(seen.Headers.ContainsKey("X-Forwarded-Prefix"));
    }

    [Fact]
    public async Task The_portal_gets_its_own_cookies_but_never_the_session()
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        var cookies = $"theme=dark; PERFORMANCE.session=x; {signedIn.Cookie}; lang=en";
        var page = await client.CallAsync(HttpMethod.Get, "/", null, null, ("Cookie", cookies)).AsAsync<Seen>();
        Assert.Equal("theme=dark; lang=en", page.Headers["Cookie"]);
        var api = await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, ("Cookie", cookies))
            .AsAsync<Seen>();
        Assert.False(api.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task Two_authorization_headers_are_none()
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        var answer = await RawAsync($"""
            GET /api/tickets HTTP/1.1
            Host: {fixture.Gateway.Url.Authority}
            Authorization: Bearer {signedIn.Token}
            Authorization: Bearer {TestTokens.Shared.Admin()}
            Connection: close


            """);
        Assert.StartsWith("HTTP/1.1 401", answer);
    }

    [Theory]
    [InlineData("Content-Length: 5\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 5\nContent-Length: 6")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    public async Task A_request_with_two_lengths_never_reaches_a_backend(string lengths)
    {
        var before = fixture.Backends["ticket-service"].Requests.Count(seen => seen.Path == "/api/tickets/smuggled");
        await RawAsync($"""
            POST /api/tickets HTTP/1.1
            Host: {fixture.Gateway.Url.Authority}
            {lengths}

            0

            GET /api/tickets/smuggled HTTP/1.1
            Host: x
            Connection: close


            """);
        Assert.Equal(
            before, fixture.Backends["ticket-service"].Requests.Count(seen => seen.Path == "/api/tickets/smuggled"));
    }

    [Theory]
    [InlineData("/api/tickets/../activity")]
    [InlineData("/api/tickets/status/../imports/1")]
    [InlineData("/api/tickets/status/%2e%2e/imports/1")]
    [InlineData("/api/tickets/status/..%2fimports/1")]
    [InlineData("//api/scoring/scorecard")]
    [InlineData("/API/scoring/scorecard")]
    public async Task A_path_that_is_written_in_another_way_opens_nothing(string path)
    {
        var answer = await RawAsync($"""
            GET {path} HTTP/1.1
            Host: {fixture.Gateway.Url.Authority}
            Connection: close


            """);
        var isPage = answer.Contains("\"service\":\"portal\"", StringComparison.Ordinal);
        var isStatusLink = answer.Contains("\"path\":\"/api/tickets/status/", StringComparison.Ordinal)
            && !answer.Contains("\"path\":\"/api/tickets/status/../", StringComparison.Ordinal);
        Assert.True(isPage || isStatusLink || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(fixture.Gateway.Url.Host, fixture.Gateway.Url.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n")));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
