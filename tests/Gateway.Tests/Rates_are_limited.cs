using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

public sealed class Rates_are_limited(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly (string, string) Here = ("X-Forwarded-For", "203.0.113.1");
    private static readonly (string, string) Elsewhere = ("X-Forwarded-For", "203.0.113.2");

    [Fact]
    public async Task Signing_in_by_address()
    {
        var gateway = fixture.Start(
            null, ("RateLimits:SignIn:Burst", "3"), ("RateLimits:SignIn:PerMinute", "1"));
        var user = await fixture.UserAsync("agent");
        for (var i = 0; i < 3; i++)
        {
            await user.TryAsync(gateway.Client, null, Here).ShouldBeAsync(HttpStatusCode.OK);
        }

        await AssertLimitedAsync(user.TryAsync(gateway.Client, null, Here));
        await user.TryAsync(gateway.Client, null, Elsewhere).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_public_form_by_address_but_not_for_who_has_signed_in()
    {
        var gateway = fixture.Start(
            null, ("RateLimits:PublicForm:Burst", "2"), ("RateLimits:PublicForm:PerMinute", "1"));
        await FileAsync(gateway, null, Here).ShouldBeAsync(HttpStatusCode.OK);
        await FileAsync(gateway, null, Here).ShouldBeAsync(HttpStatusCode.OK);
        var filed = fixture.Backends["ticket-service"].Requests.Count;
        await AssertLimitedAsync(FileAsync(gateway, null, Here));
        Assert.Equal(filed, fixture.Backends["ticket-service"].Requests.Count);
        await FileAsync(gateway, null, Elsewhere).ShouldBeAsync(HttpStatusCode.OK);
        var token = await fixture.TokenAsync("agent");
        for (var i = 0; i < 5; i++)
        {
            await FileAsync(gateway, token, Here).ShouldBeAsync(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task An_address_that_may_not_be_chosen_by_the_client()
    {
        var gateway = fixture.Start(
            null, ("RateLimits:PublicForm:Burst", "1"), ("RateLimits:PublicForm:PerMinute", "1"),
            ("TrustedProxies:0", null), ("TrustedProxies:1", null));
        await FileAsync(gateway, null, Here).ShouldBeAsync(HttpStatusCode.OK);
        await AssertLimitedAsync(FileAsync(gateway, null, Elsewhere));
    }

    [Fact]
    public async Task Everything_by_user()
    {
        var gateway = fixture.Start(null, ("RateLimits:User:Burst", "5"), ("RateLimits:User:PerMinute", "1"));
        var one = await fixture.TokenAsync("agent");
        var other = await fixture.TokenAsync("agent");
        for (var i = 0; i < 5; i++)
        {
            await gateway.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, one).JsonAsync();
        }

        await AssertLimitedAsync(gateway.Client.CallAsync(HttpMethod.Get, "/api/scoring/scorecard", null, one));
        await gateway.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, other).JsonAsync();
        await gateway.Client.CallAsync(HttpMethod.Get, "/health").ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task But_one_integration_may_post_thousands_in_a_row()
    {
        var token = await fixture.TokenAsync("integration");
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
            await fixture.Client.CallAsync(HttpMethod.Post, "/api/activity", new { }, token)
                .ShouldBeAsync(HttpStatusCode.OK));
    }

    private static Task<HttpResponseMessage> FileAsync(GatewayHost gateway, string? token, (string, string) from) =>
        gateway.Client.CallAsync(HttpMethod.Post, "/api/tickets", new { }, token, from);

    private static async Task AssertLimitedAsync(Task<HttpResponseMessage> call)
    {
        var refused = await call.ShouldBeAsync(HttpStatusCode.TooManyRequests);
        await Task.FromResult(refused).ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
    }
}
