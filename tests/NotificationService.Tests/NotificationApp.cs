using System.Text.Json.Nodes;
using Marten;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Intake;
using Performance.ServiceDefaults.Identity;
using Performance.Testing;

namespace Performance.Notifications;

/// <summary>
/// The service with a database, a bus prefix and a mail folder of its own, and Robin (with an address), Sam (without)
/// and Kim in its mirror of the directory. Its clock can be set.
/// </summary>
public sealed class NotificationApp : IAsyncLifetime
{
    private readonly Lock gate = new();
    private WebApplicationFactory<Program>? factory;

    public TestPostgres Database { get; } = new();

    public TestRabbitMq Broker { get; } = new();

    public SettableClock Clock { get; } = new();

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"mail-{Guid.NewGuid():n}");

    public Guid Robin { get; } = Guid.NewGuid();

    public Guid Sam { get; } = Guid.NewGuid();

    public Guid Kim { get; } = Guid.NewGuid();

    /// <summary>More settings, to be made before <see cref="InitializeAsync"/>.</summary>
    internal Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Other parts than the service's own, to be set before <see cref="InitializeAsync"/>.</summary>
    public Action<IServiceCollection>? Configure { get; set; }

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => factory!.Services;

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        Directory.CreateDirectory(Folder);
        Start();
        await Database.ExecuteAsync(
            """
            insert into agent_directory (agent_id, name, email, team_id, department_id) values
                ($1, 'Robin', 'robin@example.org', 'north', 'sales'), ($2, 'Sam', null, 'north', 'sales'),
                ($3, 'Kim', 'kim@example.org', 'south', 'service')
            """, Robin, Sam, Kim);
    }

    /// <summary>Starts the service, or another one beside it after <see cref="StopAsync"/>.</summary>
    public void Start()
    {
        lock (gate)
        {
            factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
            {
                web.UseSetting("ConnectionStrings:notifications", Database.ConnectionString);
                web.UseSetting("Auth:Keys", TestTokens.Shared.KeysJson);
                web.UseSetting("Email:Folder", Folder);
                web.UseSetting("Portal:Address", "https://portal.example/");
                foreach (var (name, value) in Broker.Settings.Concat(Settings))
                {
                    web.UseSetting(name, value);
                }

                web.ConfigureServices(services =>
                {
                    services.AddSingleton<TimeProvider>(Clock);
                    Configure?.Invoke(services);
                });
            });
            Client = factory.CreateClient();
        }
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await factory!.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public string? Token(string caller) => caller switch
    {
        "robin" => TestTokens.Shared.Agent(Robin, "robin"),
        "sam" => TestTokens.Shared.Agent(Sam, "sam"),
        "kim" => TestTokens.Shared.Agent(Kim, "kim"),
        "supervisor" => TestTokens.Shared.Supervisor("north"),
        "lead" => TestTokens.Shared.TeamLead("north"),
        "head" => TestTokens.Shared.DepartmentHead("sales"),
        "admin" => TestTokens.Shared.Admin(),
        "integration" => TestTokens.Shared.Integration(),
        "requestor" => TestTokens.Shared.OfRole(Roles.Requestor),
        "roleless" => TestTokens.Shared.For("nobody", [], Robin),
        "nobody" => null,
        _ => throw new ArgumentOutOfRangeException(nameof(caller))
    };

    public Task<HttpResponseMessage> CallAsync(
        string method, string path, object? body, string? token, params (string, string)[] headers) =>
        Client.CallAsync(new HttpMethod(method), $"/api/notifications/{path}", body, token, headers);

    public Task<JsonNode> GetAsync(string path, string caller = "admin") =>
        CallAsync("GET", path, null, Token(caller)).JsonAsync();

    public Task<JsonNode> InboxAsync(string caller) => GetAsync("inbox", caller);

    /// <summary>What the feed's consumer does with facts, in a transaction of its own.</summary>
    internal async Task HearAsync(params TicketFact[] facts)
    {
        await using var session = Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var handler = new TicketFactsHandler(Services.GetRequiredService<Recipients>(), Clock);
        await handler.HandleAsync(facts, session, CancellationToken.None);
        await session.SaveChangesAsync();
    }

    internal async Task HearAsync(params GradeFact[] facts)
    {
        await using var session = Services.GetRequiredService<IDocumentStore>().LightweightSession();
        await new GradeFactsHandler(Clock).HandleAsync(facts, session, CancellationToken.None);
        await session.SaveChangesAsync();
    }

    /// <summary>The one delivery about this ticket, once there is one.</summary>
    public async Task<JsonNode?> DeliveryAsync(Guid ticketId)
    {
        var all = (await GetAsync("deliveries?pageSize=500"))["items"]!.AsArray();
        return all.Select(row => row!["delivery"]!).SingleOrDefault(d => d["ticketId"]!.GetValue<Guid>() == ticketId);
    }

    /// <summary>Waits until the delivery about this ticket is in this state.</summary>
    public async Task<JsonNode> DeliveryAsync(Guid ticketId, string state) => (await Eventually.ValueAsync(
        () => DeliveryAsync(ticketId), delivery => delivery?["state"]?.GetValue<string>() == state))!;

    /// <summary>The mails in the folder, by name.</summary>
    public IReadOnlyList<string> Mails() => Directory.GetFiles(Folder, "*.eml");

    /// <summary>Mails about this ticket.</summary>
    public int MailsAbout(Guid ticketId) => Mails().Count(path => Decoded(path).Contains(ticketId.ToString()));

    /// <summary>The mail with its quoted-printable parts as text, as far as ASCII goes.</summary>
    public static string Decoded(string path) => File.ReadAllText(path).ReplaceLineEndings("\n")
        .Replace("=\n", "").Replace("=3D", "=");

    public Task<string?> ContentsAsync() => Database.ScalarAsync<string>("""
        select concat((select count(*) from mt_events), '/', (select count(*) from delivery_queue), '/',
            (select sum(changes) from inbox_change))
        """);

    public IReadOnlyList<string> Endpoints() => Services
        .GetRequiredService<IEnumerable<Microsoft.AspNetCore.Routing.EndpointDataSource>>()
        .SelectMany(source => source.Endpoints).OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
        .SelectMany(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods
            .Select(method => $"{method} {e.RoutePattern.RawText}"))
        .Order(StringComparer.Ordinal).ToList();
}

/// <summary>The system's time, moved by as much as a test says.</summary>
public sealed class SettableClock : TimeProvider
{
    private long offset;

    public void Advance(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref offset));
}
