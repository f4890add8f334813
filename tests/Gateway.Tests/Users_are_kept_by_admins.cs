using System.Net;
using System.Text.Json.Nodes;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Users_are_kept_by_admins(GatewayFixture fixture)
{
    private const string Path = "/auth/users";
    private readonly HttpClient client = fixture.Client;

    [Fact]
    public async Task Made_read_changed_and_deleted()
    {
        var admin = await fixture.AdminTokenAsync();
        var name = $"Ann.{Guid.NewGuid():n}";
        var agent = Guid.NewGuid();
        var made = await client.CallAsync(HttpMethod.Post, Path, new
        {
            userName = name, password = "a long enough secret", displayName = " Ann ", roles = new[] { "agent" },
            agentId = agent, teams = new[] { "north" }, department = "ops"
        }, admin).ShouldBeAsync(HttpStatusCode.Created);
        Assert.Equal($"{Path}/{name.ToLowerInvariant()}", made.Headers.Location!.ToString());
        Assert.Equal("\"1\"", made.Headers.ETag!.Tag);

        var changed = await client.CallAsync(
            HttpMethod.Put, $"{Path}/{name}", new { roles = new[] { "supervisor" }, agentId = (Guid?)null }, admin)
            .JsonAsync();
        Assert.Equal("""["supervisor"]""", changed["roles"]!.ToJsonString());
        Assert.Null(changed["agentId"]);
        Assert.Equal("Ann", changed["displayName"]!.GetValue<string>());
        Assert.Equal("ops", changed["department"]!.GetValue<string>());
        Assert.Equal("""["north"]""", changed["teams"]!.ToJsonString());
        Assert.Equal(2, changed["version"]!.GetValue<int>());

        var read = await client.CallAsync(HttpMethod.Get, $"{Path}/{name}", null, admin).JsonAsync();
        Assert.Equal(changed.ToJsonString(), read.ToJsonString());
        var list = await client.CallAsync(HttpMethod.Get, Path, null, admin).JsonAsync();
        Assert.Contains(
            list["items"]!.AsArray(), user => user!["userName"]!.GetValue<string>() == name.ToLowerInvariant());
        Assert.DoesNotContain("hash", list.ToJsonString(), StringComparison.OrdinalIgnoreCase);

        await client.CallAsync(HttpMethod.Delete, $"{Path}/{name}", null, admin)
            .ShouldBeAsync(HttpStatusCode.NoContent);
        await client.CallAsync(HttpMethod.Get, $"{Path}/{name}", null, admin).ProblemAsync(HttpStatusCode.NotFound);
        await client.CallAsync(HttpMethod.Delete, $"{Path}/{name}", null, admin).ProblemAsync(HttpStatusCode.NotFound);
        await client.CallAsync(HttpMethod.Put, $"{Path}/{name}", new { }, admin).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_comes_in_pages()
    {
        await fixture.UserAsync("agent");
        await fixture.UserAsync("agent");
        var admin = await fixture.AdminTokenAsync();
        var first = await client.CallAsync(HttpMethod.Get, $"{Path}?page=1&pageSize=1", null, admin).JsonAsync();
        var second = await client.CallAsync(HttpMethod.Get, $"{Path}?page=2&pageSize=1", null, admin).JsonAsync();
        Assert.Single(first["items"]!.AsArray());
        Assert.True(first["total"]!.GetValue<long>() >= 3);
        Assert.NotEqual(first["items"]![0]!["userName"]!.ToString(), second["items"]![0]!["userName"]!.ToString());
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=100000", "pageSize")]
    public async Task A_page_that_cannot_be_is_refused(string query, string field)
    {
        var problem = await client.CallAsync(HttpMethod.Get, $"{Path}?{query}", null, await fixture.AdminTokenAsync())
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("userName", "null", "userName")]
    [InlineData("userName", "\"\"", "userName")]
    [InlineData("userName", "\"with space\"", "userName")]
    [InlineData("userName", "\"integration:x\"", "userName")]
    [InlineData("userName", "\"nul\\u0000\"", "userName")]
    [InlineData("password", "null", "password")]
    [InlineData("password", "\"short\"", "password")]
    [InlineData("password", "\"12345678\"", "password")]
    [InlineData("password", "\"ababababab\"", "password")]
    [InlineData("roles", "null", "roles")]
    [InlineData("roles", "[]", "roles")]
    [InlineData("roles", "[\"agent\", \"root\"]", "roles[1]")]
    [InlineData("roles", "[null]", "roles[0]")]
    [InlineData("roles", "\"agent\"", "roles")]
    [InlineData("agentId", "\"not-a-uuid\"", "agentId")]
    [InlineData("agentId", "7", "agentId")]
    [InlineData("teams", "[\"\"]", "teams[0]")]
    [InlineData("teams", "[\"a\\u0000\"]", "teams[0]")]
    [InlineData("department", "\"a\\u0000b\"", "department")]
    [InlineData("displayName", "\"a\\nb\"", "displayName")]
    [InlineData("disabled", "\"yes\"", "disabled")]
    public async Task A_wrong_field_is_named(string member, string value, string field)
    {
        var body = new JsonObject
        {
            ["userName"] = $"u{Guid.NewGuid():n}",
            ["password"] = "a long enough secret",
            ["roles"] = new JsonArray("agent")
        };
        body[member] = JsonNode.Parse(value);
        var problem = await client
            .CallAsync(HttpMethod.Post, Path, body.ToJsonString(), await fixture.AdminTokenAsync())
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("nonsense", "body")]
    [InlineData("""{"roles":[]}""", "roles")]
    [InlineData("""{"Roles":["root"]}""", "roles[0]")]
    [InlineData("""{"userName":"somebody-else"}""", "userName")]
    [InlineData("""{"password":"short"}""", "password")]
    [InlineData("""{"agentId":"x"}""", "agentId")]
    [InlineData("""{"disabled":null}""", "disabled")]
    public async Task A_wrong_change_is_refused_and_changes_nothing(string body, string field)
    {
        var user = await fixture.UserAsync("agent");
        var admin = await fixture.AdminTokenAsync();
        var problem = await client.CallAsync(HttpMethod.Put, $"{Path}/{user.Name}", body, admin)
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem["field"]!.GetValue<string>());
        var after = await client.CallAsync(HttpMethod.Get, $"{Path}/{user.Name}", null, admin).JsonAsync();
        Assert.Equal(1, after["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var user = await fixture.UserAsync("agent");
        await client.CallAsync(
            HttpMethod.Post, Path,
            new { userName = user.Name.ToUpperInvariant(), user.Password, roles = new[] { "agent" } },
            await fixture.AdminTokenAsync()).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_repeated_command_answers_the_same_and_makes_one()
    {
        var name = $"u{Guid.NewGuid():n}";
        var body = new { userName = name, password = "a long enough secret", roles = new[] { "agent" } };
        var admin = await fixture.AdminTokenAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await client.CallAsync(HttpMethod.Post, Path, body, admin, key).JsonAsync();
        var again = await client.CallAsync(HttpMethod.Post, Path, body, admin, key).JsonAsync();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        await client.CallAsync(HttpMethod.Post, Path, body, admin).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var user = await fixture.UserAsync("agent");
        var admin = await fixture.AdminTokenAsync();
        var path = $"{Path}/{user.Name}";
        await client.CallAsync(HttpMethod.Put, path, new { department = "a" }, admin, ("If-Match", "\"1\""))
            .JsonAsync();
        await client.CallAsync(HttpMethod.Put, path, new { department = "b" }, admin, ("If-Match", "\"1\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
        await client.CallAsync(HttpMethod.Put, path, new { department = "b" }, admin, ("If-Match", "\"soon\""))
            .ProblemAsync(HttpStatusCode.BadRequest);
        await client.CallAsync(HttpMethod.Delete, path, null, admin, ("If-Match", "\"1\""))
            .ProblemAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var admin = await fixture.AdminTokenAsync();
        await client.CallAsync(HttpMethod.Delete, $"{Path}/admin", null, admin).ProblemAsync(HttpStatusCode.Conflict);
        await client.CallAsync(HttpMethod.Put, $"{Path}/admin", new { disabled = true }, admin)
            .ProblemAsync(HttpStatusCode.Conflict);
        await client.CallAsync(HttpMethod.Put, $"{Path}/admin", new { roles = new[] { "agent" } }, admin)
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_password_set_by_an_admin_works_and_ends_the_sessions()
    {
        var user = await fixture.UserAsync("agent");
        var signedIn = await user.SignInAsync(client);
        await client.CallAsync(
            HttpMethod.Put, $"{Path}/{user.Name}", new { password = "another good secret" },
            await fixture.AdminTokenAsync()).JsonAsync();
        await Eventually.Async(async () => (await client.CallAsync(
            HttpMethod.Get, "/auth/me", null, null, signedIn.Header)).StatusCode == HttpStatusCode.Unauthorized);
        await (user with { Password = "another good secret" }).SignInAsync(client);
    }
}
