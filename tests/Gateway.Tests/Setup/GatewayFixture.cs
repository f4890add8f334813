using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Gateway.Setup;

/// <summary>A gateway with its database, its keys folder and a backend in the place of every service.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    public const string AdminPassword = "correct horse battery";

    private readonly List<GatewayHost> hosts = [];
    private GatewayHost? gateway;
    private int names;

    public TestPostgres Postgres { get; } = new();

    public string KeysFolder { get; } = Directory.CreateTempSubdirectory("gateway-keys-").FullName;

    public Dictionary<string, Backend> Backends { get; } = [];

    public GatewayHost Gateway => gateway ??= Start();

    public HttpClient Client => Gateway.Client;

    public async Task InitializeAsync()
    {
        await Postgres.InitializeAsync();
        foreach (var service in RouteTable.Services)
        {
            Backends[service] = await Backend.StartAsync(service);
        }
    }

    public async Task DisposeAsync()
    {
        hosts.ForEach(host => host.Dispose());
        foreach (var backend in Backends.Values)
        {
            await backend.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        Directory.Delete(KeysFolder, recursive: true);
    }

    /// <summary>One more replica on the same database, with some settings of its own.</summary>
    public GatewayHost Start(TimeProvider? clock = null, params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:identity"] = Postgres.ConnectionString,
            ["Keys:Folder"] = KeysFolder,
            ["PERFORMANCE_ADMIN_PASSWORD"] = AdminPassword,
            ["Passwords:Iterations"] = "1000",
            ["TrustedProxies:0"] = "127.0.0.0/8",
            ["TrustedProxies:1"] = "::1/128",
            ["RateLimits:SignIn:Burst"] = "10000",
            ["RateLimits:SignIn:PerMinute"] = "10000"
        };
        foreach (var (service, backend) in Backends)
        {
            all[$"services:{service}:http:0"] = backend.Url;
        }

        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var host = new GatewayHost(all, clock);
        hosts.Add(host);
        return host;
    }

    /// <summary>A user that nobody else has.</summary>
    public async Task<TestUser> UserAsync(string role, object? more = null)
    {
        var user = new TestUser($"{role}-{Interlocked.Increment(ref names)}", "a long enough secret");
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(more ?? new { }, Http.Json))!.AsObject();
        body["userName"] = user.Name;
        body["password"] = user.Password;
        body["roles"] ??= new JsonArray(role);
        await Client.CallAsync(HttpMethod.Post, "/auth/users", body.ToJsonString(), await AdminTokenAsync())
            .JsonAsync();
        return user;
    }

    public async Task<string> AdminTokenAsync() =>
        (await new TestUser("admin", AdminPassword).SignInAsync(Client)).Token;

    /// <summary>A token for a role; integrations get theirs for an API key.</summary>
    public async Task<string> TokenAsync(string role) => role switch
    {
        "admin" => await AdminTokenAsync(),
        "integration" => await IntegrationTokenAsync(await ApiKeyAsync()),
        _ => (await (await UserAsync(role)).SignInAsync(Client)).Token
    };

    public async Task<string> ApiKeyAsync() => (await Client.CallAsync(
            HttpMethod.Post, "/auth/keys", new { name = $"key-{Guid.NewGuid():n}" }, await AdminTokenAsync())
        .JsonAsync())["key"]!.GetValue<string>();

    public async Task<string> IntegrationTokenAsync(string key) => (await Client.CallAsync(
        HttpMethod.Post, "/auth/token", null, null, ("X-Api-Key", key)).JsonAsync())["accessToken"]!.GetValue<string>();
}

/// <summary>Shares one gateway among the classes that need nothing special.</summary>
[CollectionDefinition(nameof(SharedGateway))]
public sealed class SharedGateway : ICollectionFixture<GatewayFixture>;
