using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

public sealed class A_service_is_down : IAsyncLifetime
{
    private readonly GatewayFixture fixture = new();

    public Task InitializeAsync() => fixture.InitializeAsync();

    public Task DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_problem_document_says_to_come_back_and_it_works_again_with_the_service()
    {
        var token = await fixture.TokenAsync("agent");
        var url = fixture.Backends["scoring-service"].Url;
        await fixture.Client.CallAsync(HttpMethod.Get, "/api/scoring/scorecard", null, token).JsonAsync();
        await fixture.Backends["scoring-service"].DisposeAsync();

        foreach (var method in (string[])["GET", "POST"])
        {
            var answer = await fixture.Client.CallAsync(
                new HttpMethod(method), "/api/scoring/scorecard", null, token)
                .ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
            var problem = await Task.FromResult(answer).ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            Assert.Contains("scoring-service", problem["title"]!.GetValue<string>());
            Assert.NotNull(problem["traceId"]);
        }

        await fixture.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, token).JsonAsync();
        fixture.Backends["scoring-service"] = await Backend.StartAsync("scoring-service", url);
        await fixture.Client.CallAsync(HttpMethod.Get, "/api/scoring/scorecard", null, token).JsonAsync();
    }

    [Fact]
    public async Task A_request_goes_to_the_replica_that_is_left()
    {
        await using var second = await Backend.StartAsync("second");
        var first = fixture.Backends["scoring-service"];
        var gateway = fixture.Start(null, ("services:scoring-service:http:1", second.Url));
        var token = await fixture.TokenAsync("agent");
        await Eventually.Async(async () =>
        {
            await gateway.Client.CallAsync(HttpMethod.Get, "/api/scoring/scorecard", null, token).JsonAsync();
            return !first.Requests.IsEmpty && !second.Requests.IsEmpty;
        });

        await first.DisposeAsync();

        for (var i = 0; i < 20; i++)
        {
            var seen = await gateway.Client.CallAsync(
                HttpMethod.Post, "/api/scoring/my", new { i }, token).AsAsync<Seen>();
            Assert.Equal("second", seen.Service);
            Assert.Equal($$"""{"i":{{i}}}""".Length, seen.Body);
        }

        await second.StopAsync();
        await gateway.Client.CallAsync(HttpMethod.Get, "/api/scoring/scorecard", null, token)
            .ProblemAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Health_names_it_until_all_are_ready()
    {
        var healthy = await Health(HttpStatusCode.OK);
        Assert.Contains("Healthy", await healthy.Content.ReadAsStringAsync());

        fixture.Backends["coaching-service"].IsReady = false;
        var problem = await Task.FromResult(await Health(HttpStatusCode.ServiceUnavailable))
            .ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("not ready", problem["services"]!["coaching-service"]!.GetValue<string>());
        Assert.Equal("ready", problem["services"]!["portal"]!.GetValue<string>());
        Assert.Equal("ready", problem["services"]!["identity"]!.GetValue<string>());

        fixture.Backends["coaching-service"].IsReady = true;
        await Health(HttpStatusCode.OK);
        await fixture.Backends["portal"].DisposeAsync();
        problem = await Task.FromResult(await Health(HttpStatusCode.ServiceUnavailable))
            .ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("Not ready: portal", problem["title"]!.GetValue<string>());
        await fixture.Client.CallAsync(HttpMethod.Get, "/alive").ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_database_the_answer_is_503_and_sessions_live_on()
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(fixture.Client);
        await fixture.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, null, signedIn.Header).JsonAsync();
        var name = fixture.Postgres.Database;
        await using var server = Npgsql.NpgsqlDataSource.Create(TestPostgres.Server);
        await ExecuteAsync(server, $"alter database {name} allow_connections false");
        await ExecuteAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");

        await Eventually.Async(async () => (await new TestUser("admin", "x").TryAsync(fixture.Client)).StatusCode
            == HttpStatusCode.ServiceUnavailable);
        await fixture.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, signedIn.Token).JsonAsync();

        await ExecuteAsync(server, $"alter database {name} allow_connections true");
        await Eventually.Async(async () => (await fixture.Client.CallAsync(
            HttpMethod.Get, "/api/tickets", null, null, signedIn.Header)).StatusCode == HttpStatusCode.OK);
    }

    private static async Task ExecuteAsync(Npgsql.NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task<HttpResponseMessage> Health(HttpStatusCode expected) => Eventually.ValueAsync(
        () => fixture.Client.CallAsync(HttpMethod.Get, "/health"), answer => answer.StatusCode == expected);
}
