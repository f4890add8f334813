using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Hostile_tokens_are_refused(GatewayFixture fixture)
{
    private readonly HttpClient client = fixture.Client;

    // The stranger names the gateway's own key id, as an attacker would.
    private async Task<TestTokens> StrangerAsync()
    {
        var keys = await client.CallAsync(HttpMethod.Get, "/.well-known/jwks.json").JsonAsync();
        return new TestTokens(keys["keys"]![0]!["kid"]!.GetValue<string>());
    }

    public static TheoryData<string> Kinds => [.. TestTokens.Shared.Hostile().Keys, "valid but foreign"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task With_a_problem_document_at_once(string kind)
    {
        var token = await TokenAsync(kind);
        var before = fixture.Backends["ticket-service"].Requests.Count;
        foreach (var path in (string[])["/api/tickets", "/api/scoring/scorecard", "/auth/me", "/auth/users"])
        {
            var answer = await client.CallAsync(HttpMethod.Get, path, null, token)
                .ShouldBeAsync(HttpStatusCode.Unauthorized);
            await Task.FromResult(answer).ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal(before, fixture.Backends["ticket-service"].Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task And_dropped_where_nobody_need_sign_in(string kind)
    {
        var token = await TokenAsync(kind);
        var form = await client.CallAsync(HttpMethod.Post, "/api/tickets", new { }, token).AsAsync<Seen>();
        var page = await client.CallAsync(HttpMethod.Get, "/", null, token).AsAsync<Seen>();
        Assert.False(form.Headers.ContainsKey("Authorization"));
        Assert.False(page.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer  ")]
    [InlineData("garbage")]
    public async Task Other_schemes_count_for_nothing(string header)
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, ("Authorization", header))
            .ProblemAsync(HttpStatusCode.Unauthorized);
        // Not even with a good cookie beside: what was said explicitly counts.
        await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, ("Authorization", header), signedIn.Header)
            .ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("performance.session=")]
    [InlineData("performance.session=garbage")]
    [InlineData("performance.session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("performance.session='; drop table sessions; --------------------")]
    public async Task A_cookie_that_nobody_was_given_counts_for_nothing(string cookie)
    {
        await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, ("Cookie", cookie))
            .ProblemAsync(HttpStatusCode.Unauthorized);
        var page = await client.CallAsync(HttpMethod.Get, "/", null, null, ("Cookie", cookie)).AsAsync<Seen>();
        Assert.False(page.Headers.ContainsKey("Authorization"));
    }

    private async Task<string> TokenAsync(string kind)
    {
        var stranger = await StrangerAsync();
        return kind == "valid but foreign" ? stranger.Admin() : stranger.Hostile()[kind];
    }
}
