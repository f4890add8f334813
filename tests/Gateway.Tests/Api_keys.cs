using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Api_keys(GatewayFixture fixture)
{
    private readonly HttpClient client = fixture.Client;

    [Fact]
    public async Task Are_shown_once_and_give_tokens_that_may_stream()
    {
        var admin = await fixture.AdminTokenAsync();
        var name = $"dialler {Guid.NewGuid():n}";
        var made = await client.CallAsync(HttpMethod.Post, "/auth/keys", new { name }, admin).JsonAsync();
        var key = made["key"]!.GetValue<string>();

        var token = await fixture.IntegrationTokenAsync(key);
        await client.CallAsync(HttpMethod.Post, "/api/activity", new { }, token).JsonAsync();
        await client.CallAsync(HttpMethod.Get, "/api/tickets", null, token).ProblemAsync(HttpStatusCode.Forbidden);
        var me = await client.CallAsync(HttpMethod.Get, "/auth/me", null, token).JsonAsync();
        Assert.Equal($"integration:{name}", me["userName"]!.GetValue<string>());

        var list = await client.CallAsync(HttpMethod.Get, "/auth/keys", null, admin).JsonAsync();
        Assert.Contains(list["items"]!.AsArray(), item => item!["name"]!.GetValue<string>() == name);
        Assert.DoesNotContain(key, list.ToJsonString());
    }

    [Fact]
    public async Task Give_nothing_any_more_once_revoked()
    {
        var admin = await fixture.AdminTokenAsync();
        var name = $"k{Guid.NewGuid():n}";
        var made = await client.CallAsync(HttpMethod.Post, "/auth/keys", new { name }, admin).JsonAsync();
        var key = made["key"]!.GetValue<string>();
        var token = await fixture.IntegrationTokenAsync(key);
        var renewed = await client.CallAsync(HttpMethod.Post, "/auth/renew", null, token).JsonAsync();

        var path = $"/auth/keys/{made["id"]}";
        await client.CallAsync(HttpMethod.Delete, path, null, admin).ShouldBeAsync(HttpStatusCode.NoContent);
        await client.CallAsync(HttpMethod.Delete, path, null, admin).ShouldBeAsync(HttpStatusCode.NoContent);

        await client.CallAsync(HttpMethod.Post, "/auth/token", null, null, ("X-Api-Key", key))
            .ProblemAsync(HttpStatusCode.Unauthorized);
        await client.CallAsync(HttpMethod.Post, "/auth/renew", null, renewed["accessToken"]!.GetValue<string>())
            .ProblemAsync(HttpStatusCode.Unauthorized);
        await client.CallAsync(HttpMethod.Post, "/auth/keys", new { name }, admin).JsonAsync();
    }

    [Fact]
    public async Task Are_the_same_for_a_repeated_command()
    {
        var admin = await fixture.AdminTokenAsync();
        var header = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { name = $"k{Guid.NewGuid():n}" };
        var first = await client.CallAsync(HttpMethod.Post, "/auth/keys", body, admin, header).JsonAsync();
        var again = await client.CallAsync(HttpMethod.Post, "/auth/keys", body, admin, header).JsonAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        await client.CallAsync(HttpMethod.Post, "/auth/keys", body, admin).ProblemAsync(HttpStatusCode.Conflict);
        await client.CallAsync(HttpMethod.Post, "/auth/keys", new { name = "other" }, admin, header)
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pk_wrong")]
    [InlineData("")]
    public async Task That_nobody_made_give_no_token(string? key) => await client.CallAsync(
            HttpMethod.Post, "/auth/token", null, null, key is null ? [] : [("X-Api-Key", key)])
        .ProblemAsync(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("-")]
    public async Task Need_a_name(string name)
    {
        var problem = await client.CallAsync(
            HttpMethod.Post, "/auth/keys", new { name }, await fixture.AdminTokenAsync())
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("name", problem["field"]!.GetValue<string>());
    }
}
