using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

public sealed class Wrong_passwords_wait(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly TestClock clock = new();

    [Fact]
    public async Task After_five_in_a_row_even_the_right_one()
    {
        var user = await fixture.UserAsync("agent");
        await FailAsync(fixture.Client, user, 5);

        var refused = await user.TryAsync(fixture.Client).ShouldBeAsync(HttpStatusCode.TooManyRequests);

        await Task.FromResult(refused).ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
    }

    [Fact]
    public async Task Four_in_a_row_and_a_right_one_start_anew()
    {
        var user = await fixture.UserAsync("agent");
        for (var round = 0; round < 3; round++)
        {
            await FailAsync(fixture.Client, user, 4);
            await user.SignInAsync(fixture.Client);
        }
    }

    [Fact]
    public async Task The_wait_ends_and_grows_with_each_further_one()
    {
        var user = await fixture.UserAsync("agent");
        var gateway = fixture.Start(clock);
        await FailAsync(gateway.Client, user, 5);
        var waits = new List<double>();
        for (var round = 0; round < 8; round++)
        {
            var refused = await user.TryAsync(gateway.Client).ShouldBeAsync(HttpStatusCode.TooManyRequests);
            waits.Add(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            clock.Advance(refused.Headers.RetryAfter!.Delta!.Value);
            await FailAsync(gateway.Client, user, 1);
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], waits.Select(wait => Math.Round(wait / 10) * 10));
        clock.Advance(TimeSpan.FromMinutes(15));
        await user.SignInAsync(gateway.Client);
        await FailAsync(gateway.Client, user, 4);
        await user.SignInAsync(gateway.Client);
    }

    [Fact]
    public async Task Only_for_the_address_that_guessed()
    {
        var user = await fixture.UserAsync("agent");
        for (var i = 0; i < 5; i++)
        {
            await user.TryAsync(fixture.Client, "wrong", From("203.0.113.9"))
                .ShouldBeAsync(HttpStatusCode.Unauthorized);
        }

        await user.TryAsync(fixture.Client, null, From("203.0.113.9")).ShouldBeAsync(HttpStatusCode.TooManyRequests);
        await user.TryAsync(fixture.Client, null, From("203.0.113.10")).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_network_of_ipv6_is_one_address()
    {
        var user = await fixture.UserAsync("agent");
        for (var i = 0; i < 5; i++)
        {
            await user.TryAsync(fixture.Client, "wrong", From($"2001:db8:1:1::{i}"))
                .ShouldBeAsync(HttpStatusCode.Unauthorized);
        }

        await user.TryAsync(fixture.Client, null, From("2001:db8:1:1::77"))
            .ShouldBeAsync(HttpStatusCode.TooManyRequests);
        await user.TryAsync(fixture.Client, null, From("2001:db8:1:2::77")).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_replica_and_a_restarted_one_know_of_it()
    {
        var user = await fixture.UserAsync("agent");
        await FailAsync(fixture.Client, user, 5);
        var other = fixture.Start();
        await user.TryAsync(other.Client).ShouldBeAsync(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Guesses_side_by_side_get_no_free_tries()
    {
        var user = await fixture.UserAsync("agent");
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => user.TryAsync(fixture.Client, "wrong")));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(25, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Right_ones_side_by_side_all_get_in()
    {
        var user = await fixture.UserAsync("agent");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => user.SignInAsync(fixture.Client)));
    }

    [Fact]
    public async Task A_user_who_does_not_exist_waits_just_as_well()
    {
        var nobody = new TestUser("nobody-" + Guid.NewGuid().ToString("n"), "x");
        await FailAsync(fixture.Client, nobody, 5);
        await nobody.TryAsync(fixture.Client).ShouldBeAsync(HttpStatusCode.TooManyRequests);
    }

    private static (string, string) From(string address) => ("X-Forwarded-For", address);

    private static async Task FailAsync(HttpClient client, TestUser user, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await user.TryAsync(client, "wrong").ShouldBeAsync(HttpStatusCode.Unauthorized);
        }
    }
}
