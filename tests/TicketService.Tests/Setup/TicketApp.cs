using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Performance.Testing;

namespace Performance.Tickets;

/// <summary>
/// The service with a database and a bus prefix of its own, and a directory: Ann in team north (department sales), Bob
/// in team south (department service), Cal who has left.
/// </summary>
public sealed class TicketApp : IAsyncLifetime
{
    private const string Mapping = """
        {"profile":"event-log","source":"log","ticketId":"id","status":"status","at":"at","assignee":"agent",
         "type":"type","title":"title","sentBack":{"from":["Closed"],"label":"Back from {from}"}}
        """;

    private readonly WebApplicationFactory<Program> factory;
    private int serial;

    public TicketApp() => factory = Host();

    public TestPostgres Database { get; } = new();

    public TestRabbitMq Broker { get; } = new();

    public Guid Ann { get; } = Guid.NewGuid();

    public Guid Bob { get; } = Guid.NewGuid();

    public Guid Cal { get; } = Guid.NewGuid();

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => factory.Services;

    public string Admin => TestTokens.Shared.Admin();

    /// <summary>Another replica of the service, on the same database.</summary>
    public WebApplicationFactory<Program> Host(params (string Name, string Value)[] settings) =>
        // What is asked elsewhere is asked again soon: nobody waits here for a service that recovers.
        ServiceHost.Of<Program>(
            "tickets", Database, Broker,
            [("Sync:Pause", "00:00:00.05"), ("Sync:Timeout", "00:00:02"), .. settings]);

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        Client = factory.CreateClient();
        await AddAgentAsync(Ann, "Ann", "north", "sales");
        await AddAgentAsync(Bob, "Bob", "south", "service");
        await AddAgentAsync(Cal, "Cal", "north", "sales", active: false);
        // The mirror is at most a second old.
        await Eventually.Async(async () => (await CallAsync("POST", "tickets", Intake(Ann), null)).IsSuccessStatusCode);
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
        Client.CallAsync(new HttpMethod(method), $"/api/{path}", body, token, headers);

    public Task<JsonNode> GetAsync(string path, string? token = null) =>
        CallAsync("GET", path, null, token ?? Admin).JsonAsync();

    public Task<JsonNode> PostAsync(string path, object body, string? token = null) =>
        CallAsync("POST", path, body, token ?? Admin).JsonAsync();

    /// <summary>Files an intake ticket and answers its id.</summary>
    public async Task<Guid> SubmitAsync(Guid? agentId = null) =>
        (Guid)(await CallAsync("POST", "tickets", Intake(agentId), null).JsonAsync())["id"]!;

    /// <summary>A ticket of Ann's from an import, in status Open since 1 May 2026.</summary>
    public async Task<Guid> ImportOneAsync(
        string status = "Open", Guid? agentId = null, string at = "2026-05-01T10:00:00Z")
    {
        var number = $"N{Interlocked.Increment(ref serial)}";
        await ImportAsync(
            $"id,status,at,agent,type,title\n{number},{status},{at},,Cat,Title of {number}");
        var id = await IdAsync("log", number);
        await CallAsync("POST", $"tickets/{id}/assign", new { agentId = agentId ?? Ann }, Admin)
            .ShouldBeAsync(HttpStatusCode.OK);
        return id;
    }

    public async Task<Guid> IdAsync(string source, string externalId)
    {
        var found = await GetAsync($"tickets?source={source}&ticketId={Uri.EscapeDataString(externalId)}");
        return (Guid)Assert.Single(found["items"]!.AsArray())!["id"]!;
    }

    /// <summary>Imports a text to its end.</summary>
    public Task<JsonNode> ImportAsync(string csv, string? mapping = Mapping) =>
        ImportAsync(Encoding.UTF8.GetBytes(csv), mapping);

    public async Task<JsonNode> ImportAsync(byte[] file, string? mapping = Mapping)
    {
        var answer = await CallAsync("POST", "tickets/imports", Form(file, mapping), Admin).JsonAsync();
        return await ImportedAsync((Guid)answer["importId"]!);
    }

    /// <summary>The import once it is done.</summary>
    public Task<JsonNode> ImportedAsync(Guid importId, TimeSpan? timeout = null) => Eventually.ValueAsync(
        () => GetAsync($"tickets/imports/{importId}"), i => (string)i["status"]! != "Running",
        timeout ?? TimeSpan.FromMinutes(2));

    public static MultipartFormDataContent Form(byte[] file, string? mapping)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "file.csv" } };
        if (mapping is not null)
        {
            form.Add(new StringContent(mapping), "mapping");
        }

        return form;
    }

    public static object Intake(Guid? agentId = null) => new
    {
        name = "Rita", email = "rita@example.org", department = "it", subject = "Help", description = "Please\nhelp",
        agentId
    };

    /// <summary>Everything that commands could have changed.</summary>
    public Task<string?> ContentsAsync() => Database.ScalarAsync<string>("""
        select concat((select count(*) from mt_events), '/', (select count(*) from import), '/',
            (select count(*) from activity_event), '/', (select md5(string_agg(t::text, '' order by ticket_id))
            from ticket_list t), '/', (select count(*) from source_settings), '/', (select count(*) from assignee))
        """);

    public async Task ShouldChangeNothingAsync(Func<Task> act)
    {
        var before = await ContentsAsync();
        await act();
        Assert.Equal(before, await ContentsAsync());
    }

    /// <summary>What a stream's events hold of people is erased.</summary>
    public async Task EraseAsync(Guid id) => await Services.GetRequiredService<Marten.IDocumentStore>()
        .Advanced.ApplyEventDataMasking(masking => masking.IncludeStream(id), default);

    /// <summary>The endpoints that exist, as "METHOD /route".</summary>
    public IReadOnlyList<string> Endpoints() => factory.Services.ApiEndpoints();

    public Task AddAgentAsync(Guid id, string name, string team, string department, bool active = true) =>
        Database.ExecuteAsync("""
            insert into agent_directory (agent_id, name, team_id, department_id, active) values ($1, $2, $3, $4, $5)
            """, id, name, team, department, active);
}
