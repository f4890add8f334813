using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Performance.Testing;

namespace Performance.Coaching;

/// <summary>
/// The service with a database and a bus prefix of its own, and a small organisation in it: Ann in team north
/// (department sales), Bob in team south (department service).
/// </summary>
public sealed class CoachingApp : IAsyncLifetime
{
    private readonly WebApplicationFactory<Program> factory;

    public CoachingApp() => factory = Host();

    public TestPostgres Database { get; } = new();

    public TestRabbitMq Broker { get; } = new();

    public Guid Ann { get; } = Guid.NewGuid();

    public Guid Bob { get; } = Guid.NewGuid();

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => factory.Services;

    public string Admin => TestTokens.Shared.Admin();

    public string Supervisor => TestTokens.Shared.Supervisor("north");

    /// <summary>Another replica of the service, on the same database.</summary>
    public WebApplicationFactory<Program> Host(params (string Name, string Value)[] settings) =>
        ServiceHost.Of<Program>("coaching", Database, Broker, settings);

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        Client = factory.CreateClient();
        await PutAsync("departments/sales", new { name = "Sales" });
        await PutAsync("departments/service", new { name = "Service" });
        await PutAsync("teams/north", new { name = "North", departmentId = "sales" });
        await PutAsync("teams/south", new { name = "South", departmentId = "service" });
        await PutAsync($"agents/{Ann}", new { name = "Ann", email = "ann@example.org", teamId = "north" });
        await PutAsync($"agents/{Bob}", new { name = "Bob", teamId = "south" });
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await factory.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Every caller of the matrix, by name; null: nobody signed in.</summary>
    public string? Token(string caller) => ServiceHost.Token(caller, Ann, Bob);

    public Task<HttpResponseMessage> CallAsync(
        string method, string path, object? body, string? token, params (string, string)[] headers) =>
        Client.CallAsync(new HttpMethod(method), $"/api/coaching/{path}", body, token, headers);

    public Task<JsonNode> PutAsync(string path, object body, string? token = null) =>
        CallAsync("PUT", path, body, token ?? Admin).JsonAsync();

    public Task<JsonNode> PostAsync(string path, object body, string? token = null) =>
        CallAsync("POST", path, body, token ?? Admin).JsonAsync();

    public Task<JsonNode> GetAsync(string path, string? token = null) =>
        CallAsync("GET", path, null, token ?? Admin).JsonAsync();

    /// <summary>An agent without a team, as imports make them.</summary>
    public async Task<Guid> NewAgentAsync(string? team = null)
    {
        var id = Guid.NewGuid();
        await PutAsync($"agents/{id}", new { name = $"Agent {id}", teamId = team });
        return id;
    }

    /// <summary>A session of Ann's with an action item for her.</summary>
    public async Task<Guid> NewSessionAsync()
    {
        var id = Guid.NewGuid();
        await PostAsync("sessions", new
        {
            id, agentId = Ann, date = "2026-01-15", notes = "Talked.", actionItem = new { text = "Read the guide" }
        });
        return id;
    }

    /// <summary>Everything stored: events and documents.</summary>
    public Task<string?> ContentsAsync() => Database.ScalarAsync<string>("""
        select concat((select count(*) from mt_events), '/', (select md5(string_agg(data::text, '' order by id))
            from mt_doc_agent), '/', (select md5(string_agg(data::text, '' order by id)) from mt_doc_team))
        """);

    /// <summary>The endpoints that exist, as "METHOD /route".</summary>
    public IReadOnlyList<string> Endpoints() => factory.Services.ApiEndpoints();

    public async Task ShouldChangeNothingAsync(Func<Task> act)
    {
        var before = await ContentsAsync();
        await act();
        Assert.Equal(before, await ContentsAsync());
    }

    public static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
