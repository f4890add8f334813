using System.Text.Json.Nodes;
using Performance.Gateway.Setup;
using Performance.Testing;
using Performance.Testing.Answers;

namespace Performance.Gateway;

/// <summary>Every answer of the gateway's own that the portal reads is as it is recorded.</summary>
public sealed class What_the_portal_is_answered : IAsyncLifetime
{
    private readonly GatewayFixture fixture = new();
    private readonly AnswerBook book = new("gateway");

    public Task InitializeAsync() => fixture.InitializeAsync();

    public Task DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Is_as_it_is_recorded()
    {
        var admin = await fixture.AdminTokenAsync();
        var ann = new TestUser("ann", "a long enough secret");
        var user = new
        {
            userName = ann.Name, password = ann.Password, displayName = "Ann", roles = new[] { "agent" },
            agentId = Guid.NewGuid(), teams = new[] { "north" }, department = "ops"
        };
        await TakeAsync("POST /auth/users", admin, "/auth/users", user);
        await TakeAsync("PUT /auth/users/{userName}", admin, "/auth/users/ann", user);
        await TakeAsync("GET /auth/users", admin, "/auth/users");
        await TakeAsync("POST /auth/users problem", admin, "/auth/users", new { userName = "", password = "x" });
        await book.TakeAsync("POST /auth/login", ann.TryAsync(fixture.Client));
        await book.TakeAsync("POST /auth/login refused", ann.TryAsync(fixture.Client, "not the password"));
        var token = (await ann.SignInAsync(fixture.Client)).Token;
        await TakeAsync("POST /auth/password", token, "/auth/password", new
        {
            currentPassword = ann.Password, newPassword = "another long secret"
        });
        var renewed = await TakeAsync("POST /auth/renew", await NewTokenAsync(), "/auth/renew", new { });
        Assert.NotNull(renewed["accessToken"]);
        var key = await TakeAsync("POST /auth/keys", admin, "/auth/keys", new { name = "dialler" });
        await TakeAsync("GET /auth/keys", admin, "/auth/keys");
        await TakeAsync("DELETE /auth/keys/{id}", admin, $"/auth/keys/{key["id"]}");
        await TakeAsync("DELETE /auth/users/{userName}", admin, "/auth/users/ann");
        await TakeAsync("GET /auth/users unauthorized", null, "/auth/users");
        await fixture.Backends["scoring-service"].DisposeAsync();
        await TakeAsync("GET /api/scoring/scorecard away", admin, "/api/scoring/scorecard");
        book.ShouldBeTheSame();
    }

    private async Task<string> NewTokenAsync() =>
        (await (await fixture.UserAsync("supervisor")).SignInAsync(fixture.Client)).Token;

    private Task<JsonNode> TakeAsync(string call, string? token, string path, object? body = null) =>
        book.TakeAsync(call, fixture.Client.CallAsync(new HttpMethod(call.Split(' ')[0]), path, body, token));
}
