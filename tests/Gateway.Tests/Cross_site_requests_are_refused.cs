using System.Net;
using System.Net.WebSockets;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Cross_site_requests_are_refused(GatewayFixture fixture)
{
    private readonly HttpClient client = fixture.Client;

    [Theory]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData(null, "https://elsewhere.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "own", true)]
    [InlineData(null, null, true)]
    [InlineData("same-origin", "https://elsewhere.example", true)]
    [InlineData("cross-site", "own", false)]
    public async Task When_they_come_with_the_cookie(string? site, string? origin, bool allowed)
    {
        var signedIn = await (await fixture.UserAsync("supervisor")).SignInAsync(client);
        foreach (var method in (string[])["POST", "PUT", "PATCH", "DELETE"])
        {
            var answer = await client.CallAsync(
                new HttpMethod(method), "/api/tickets/1/status", null, null, Headers(signedIn, site, origin));
            Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, Headers(signedIn, site, origin)).JsonAsync();
    }

    [Fact]
    public async Task But_not_when_they_come_with_a_token()
    {
        var signedIn = await (await fixture.UserAsync("supervisor")).SignInAsync(client);
        await client.CallAsync(
            HttpMethod.Post, "/api/tickets/1/status", null, signedIn.Token, ("Sec-Fetch-Site", "cross-site"))
            .JsonAsync();
    }

    [Theory]
    [InlineData("/auth/login")]
    [InlineData("/auth/logout")]
    public async Task Also_those_that_would_sign_somebody_in_or_out(string path) => await client.CallAsync(
            HttpMethod.Post, path, new { userName = "admin", password = "x" }, null, ("Sec-Fetch-Site", "cross-site"))
        .ProblemAsync(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("/auth/renew")]
    [InlineData("/auth/password")]
    [InlineData("/auth/users")]
    [InlineData("/some/page")]
    public async Task On_every_path_of_ours(string path)
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        await client.CallAsync(HttpMethod.Post, path, new { }, null, Headers(signedIn, "cross-site", null))
            .ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Also_web_sockets()
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", signedIn.Cookie);
        socket.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        var url = new UriBuilder(fixture.Gateway.Url) { Scheme = "ws", Path = "/_blazor" }.Uri;
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(url, default));
        Assert.Contains("403", refused.Message);
    }

    private (string, string)[] Headers(SignedIn signedIn, string? site, string? origin)
    {
        var headers = new List<(string, string)> { signedIn.Header };
        if (site is not null)
        {
            headers.Add(("Sec-Fetch-Site", site));
        }

        if (origin is not null)
        {
            headers.Add(("Origin", origin == "own" ? fixture.Gateway.Url.ToString().TrimEnd('/') : origin));
        }

        return [.. headers];
    }
}
