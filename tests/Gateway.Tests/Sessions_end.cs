using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

public sealed class Sessions_end(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly HttpClient client = fixture.Client;

    [Fact]
    public async Task Two_replicas_share_them()
    {
        var other = fixture.Start();
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        await AssertWorksAsync(other.Client, signedIn);
        await other.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, signedIn.Token).JsonAsync();
    }

    [Fact]
    public async Task With_signing_out_on_every_replica()
    {
        var other = fixture.Start();
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(client);
        await AssertWorksAsync(client, signedIn);
        await AssertWorksAsync(other.Client, signedIn);

        var answer = await client.CallAsync(HttpMethod.Post, "/auth/logout", null, null, signedIn.Header)
            .ShouldBeAsync(HttpStatusCode.NoContent);

        Assert.Contains("expires=Thu, 01 Jan 1970", answer.Headers.GetValues("Set-Cookie").Single());
        await EndsAsync(client, signedIn);
        await EndsAsync(other.Client, signedIn);
        await client.CallAsync(HttpMethod.Post, "/auth/renew", null, signedIn.Token)
            .ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task When_the_user_is_disabled()
    {
        var other = fixture.Start();
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        await AssertWorksAsync(other.Client, signedIn);

        await client.CallAsync(
            HttpMethod.Put, $"/auth/users/{user.Name}", new { disabled = true }, await fixture.AdminTokenAsync())
            .JsonAsync();

        await EndsAsync(client, signedIn);
        await EndsAsync(other.Client, signedIn);
        await client.CallAsync(HttpMethod.Post, "/auth/renew", null, signedIn.Token)
            .ProblemAsync(HttpStatusCode.Unauthorized);
        await client.CallAsync(HttpMethod.Get, "/auth/me", null, signedIn.Token)
            .ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task When_the_user_is_deleted()
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        await AssertWorksAsync(client, signedIn);
        await client.CallAsync(
                HttpMethod.Delete, $"/auth/users/{user.Name}", null, await fixture.AdminTokenAsync())
            .ShouldBeAsync(HttpStatusCode.NoContent);
        await EndsAsync(client, signedIn);
    }

    [Fact]
    public async Task When_somebody_changes_the_database_by_hand()
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        await AssertWorksAsync(client, signedIn);
        await fixture.Postgres.ExecuteAsync("update users set disabled = true where user_name = $1", user.Name);
        await EndsAsync(client, signedIn);
    }

    [Fact]
    public async Task But_not_the_own_one_with_a_new_password()
    {
        var user = await fixture.UserAsync("agent");
        var here = await user.SignInAsync(client);
        var elsewhere = await user.SignInAsync(client);
        await AssertWorksAsync(client, elsewhere);

        await client.CallAsync(
            HttpMethod.Post, "/auth/password",
            new { currentPassword = user.Password, newPassword = "quite another secret" }, null, here.Header)
            .ShouldBeAsync(HttpStatusCode.NoContent);

        await EndsAsync(client, elsewhere);
        await AssertWorksAsync(client, here);
        await user.TryAsync(client).ShouldBeAsync(HttpStatusCode.Unauthorized);
        await (user with { Password = "quite another secret" }).SignInAsync(client);
    }

    [Theory]
    [InlineData("wrong", "quite another secret", "currentPassword")]
    [InlineData("", "quite another secret", "currentPassword")]
    [InlineData(null, "short", "newPassword")]
    [InlineData(null, "password123", "newPassword")]
    [InlineData(null, "aaaaaaaaaaaa", "newPassword")]
    public async Task A_new_password_that_is_refused_names_the_field(string? current, string fresh, string field)
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        var problem = await client.CallAsync(
            HttpMethod.Post, "/auth/password",
            new { currentPassword = current ?? user.Password, newPassword = fresh }, signedIn.Token)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task When_nobody_used_them_for_long_and_after_a_week_in_any_case()
    {
        var clock = new TestClock();
        var gateway = fixture.Start(clock);
        var user = await fixture.UserAsync("agent");
        var idle = await user.SignInAsync(gateway.Client);
        clock.Advance(TimeSpan.FromHours(12.1));
        await EndsAsync(gateway.Client, idle);

        var busy = await user.SignInAsync(gateway.Client);
        for (var hours = 0; hours < 7 * 24 - 10; hours += 10)
        {
            await AssertWorksAsync(gateway.Client, busy);
            clock.Advance(TimeSpan.FromHours(10));
        }

        clock.Advance(TimeSpan.FromHours(10));
        await EndsAsync(gateway.Client, busy);
    }

    [Fact]
    public async Task New_roles_count_at_once_with_a_cookie_and_after_renewal_with_a_token()
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        const string path = "/api/tickets/imports/1";
        await client.CallAsync(HttpMethod.Get, path, null, null, signedIn.Header)
            .ProblemAsync(HttpStatusCode.Forbidden);

        await client.CallAsync(
            HttpMethod.Put, $"/auth/users/{user.Name}", new { roles = new[] { "supervisor" } },
            await fixture.AdminTokenAsync()).JsonAsync();

        await Eventually.Async(async () => (await client.CallAsync(
            HttpMethod.Get, path, null, null, signedIn.Header)).StatusCode == HttpStatusCode.OK);
        var renewed = await client.CallAsync(HttpMethod.Post, "/auth/renew", null, signedIn.Token).JsonAsync();
        await client.CallAsync(HttpMethod.Get, path, null, renewed["accessToken"]!.GetValue<string>()).JsonAsync();
    }

    [Fact]
    public async Task The_database_holds_neither_secrets_nor_passwords()
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        var secret = signedIn.Cookie.Split('=')[1];
        foreach (var table in (string[])["users", "sessions", "api_keys", "signing_keys", "wrong_passwords"])
        {
            var dump = await fixture.Postgres.ScalarAsync<string>($"select json_agg(t)::text from {table} t") ?? "";
            Assert.DoesNotContain(secret, dump);
            Assert.DoesNotContain(user.Password, dump);
        }
    }

    private static async Task AssertWorksAsync(HttpClient client, SignedIn signedIn) =>
        await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, signedIn.Header).JsonAsync();

    private static Task EndsAsync(HttpClient client, SignedIn signedIn) => Eventually.Async(async () =>
        (await client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, signedIn.Header)).StatusCode
        == HttpStatusCode.Unauthorized);
}
