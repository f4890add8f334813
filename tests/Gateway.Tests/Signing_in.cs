using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Signing_in(GatewayFixture fixture)
{
    private readonly HttpClient client = fixture.Client;

    [Fact]
    public async Task Gives_a_token_the_user_and_a_cookie_that_scripts_cannot_read()
    {
        var agent = Guid.NewGuid();
        var user = await fixture.UserAsync("agent", new { agentId = agent, displayName = "Ann" });

        var response = await user.TryAsync(client).ShouldBeAsync(HttpStatusCode.OK);

        var body = await Task.FromResult(response).JsonAsync();
        Assert.Equal(user.Name, body["user"]!["userName"]!.GetValue<string>());
        Assert.Equal(["agent"], body["user"]!["roles"]!.AsArray().Select(role => role!.GetValue<string>()));
        Assert.Equal(agent, body["user"]!["agentId"]!.GetValue<Guid>());
        var expires = body["expiresAt"]!.GetValue<DateTimeOffset>();
        Assert.InRange(expires, DateTimeOffset.UtcNow.AddMinutes(13), DateTimeOffset.UtcNow.AddMinutes(16));
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("performance.session=", cookie);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Over_tls_the_cookie_is_secure()
    {
        var user = await fixture.UserAsync("agent");
        var response = await user.TryAsync(client, null, ("X-Forwarded-Proto", "https"));
        Assert.Contains(
            "secure", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_token_carries_what_the_services_look_for()
    {
        var agent = Guid.NewGuid();
        var user = await fixture.UserAsync("supervisor", new
        {
            roles = new[] { "supervisor", "agent" }, agentId = agent, teams = new[] { "a", "b" }, department = "ops"
        });

        var token = new JsonWebToken((await user.SignInAsync(client)).Token);

        Assert.Equal("ES256", token.Alg);
        Assert.Equal("performance", token.Issuer);
        Assert.Equal(["performance"], token.Audiences);
        Assert.Equal(user.Name, token.Subject);
        Assert.Equal(["supervisor", "agent"], token.Claims.Where(c => c.Type == "role").Select(c => c.Value));
        Assert.Equal(["a", "b"], token.Claims.Where(c => c.Type == "team").Select(c => c.Value));
        Assert.Equal(agent.ToString(), token.GetClaim("agent_id").Value);
        Assert.Equal("ops", token.GetClaim("department").Value);
    }

    [Fact]
    public async Task The_name_may_be_written_in_capitals()
    {
        var user = await fixture.UserAsync("agent");
        await (user with { Name = user.Name.ToUpperInvariant() }).SignInAsync(client);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_look_the_same()
    {
        var user = await fixture.UserAsync("agent");
        var wrong = await user.TryAsync(client, "not the password").ProblemAsync(HttpStatusCode.Unauthorized);
        var nobody = await new TestUser("nobody-at-all", "x").TryAsync(client)
            .ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(wrong["title"]!.ToString(), nobody["title"]!.ToString());
        Assert.Equal(wrong["detail"]?.ToString(), nobody["detail"]?.ToString());
    }

    [Fact]
    public async Task A_disabled_user_is_refused_like_a_wrong_password()
    {
        var user = await fixture.UserAsync("agent", new { disabled = true });
        await user.TryAsync(client).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"password":"x"}""", "userName")]
    [InlineData("""{"userName":"admin"}""", "password")]
    [InlineData("""{"userName":"admin","password":""}""", "password")]
    [InlineData("""{"userName":"ad\u0000min","password":"x"}""", "userName")]
    [InlineData("""{"userName":7,"password":"x"}""", "userName")]
    [InlineData("not json", "body")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    public async Task Malformed_input_names_the_field(string body, string field)
    {
        var problem = await client.CallAsync(HttpMethod.Post, "/auth/login", body)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        using var text = new StringContent("""{"userName":"admin","password":"x"}""");
        await client.CallAsync(HttpMethod.Post, "/auth/login", text).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("/scorecard?month=2026-06", "/scorecard?month=2026-06")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("", "/")]
    public async Task A_form_is_sent_on_but_never_to_another_site(string to, string expected)
    {
        var user = await fixture.UserAsync("agent");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["userName"] = user.Name, ["password"] = user.Password, ["to"] = to
        });
        var response = await client.CallAsync(HttpMethod.Post, "/auth/login", form).ShouldBeAsync(HttpStatusCode.Found);
        Assert.Equal(expected, response.Headers.Location!.ToString());
        Assert.True(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_form_with_a_wrong_password_goes_back_to_the_page()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["userName"] = "nobody", ["password"] = "x", ["to"] = "/history"
        });
        var response = await client.CallAsync(HttpMethod.Post, "/auth/login", form).ShouldBeAsync(HttpStatusCode.Found);
        Assert.Equal("/sign-in?failed=wrong&to=%2Fhistory", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Who_am_i_answers_by_cookie_and_by_token_and_nobody_else()
    {
        var user = await fixture.UserAsync("team-lead", new { teams = new[] { "north" } });
        var signedIn = await user.SignInAsync(client);
        var byToken = await client.CallAsync(HttpMethod.Get, "/auth/me", null, signedIn.Token).JsonAsync();
        var byCookie = await client.CallAsync(HttpMethod.Get, "/auth/me", null, null, signedIn.Header).JsonAsync();
        Assert.Equal(byToken.ToJsonString(), byCookie.ToJsonString());
        Assert.Equal("north", byToken["teams"]![0]!.GetValue<string>());
        await client.CallAsync(HttpMethod.Get, "/auth/me").ProblemAsync(HttpStatusCode.Unauthorized);
    }
}
