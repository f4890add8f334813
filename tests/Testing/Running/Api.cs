using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Performance.Testing.Running;

/// <summary>The public API as one person, or one integration, uses it.</summary>
/// <param name="Http">The gateway, or one service.</param>
/// <param name="Token">Null for nobody.</param>
public sealed record Api(HttpClient Http, string? Token)
{
    /// <summary>Signs in with a password.</summary>
    public static async Task<Api> SignInAsync(HttpClient gateway, string userName, string password)
    {
        var answer = await gateway.CallAsync(HttpMethod.Post, "/auth/login", new { userName, password }).JsonAsync();
        return new Api(gateway, answer["accessToken"]!.GetValue<string>());
    }

    /// <summary>The admin of a system that a test started.</summary>
    public static Task<Api> AdminAsync(RunningSystem system) =>
        SignInAsync(system.Gateway, "admin", RunningSystem.AdminPassword);

    /// <summary>An integration with a fresh API key.</summary>
    public async Task<Api> IntegrationAsync(string name)
    {
        var key = await PostAsync("/auth/keys", new { name });
        var answer = await Http.CallAsync(
            HttpMethod.Post, "/auth/token", null, null, ("X-Api-Key", key["key"]!.GetValue<string>())).JsonAsync();
        return this with { Token = answer["accessToken"]!.GetValue<string>() };
    }

    /// <summary>Any call; the answer as it comes.</summary>
    public Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        Http.CallAsync(method, path, body, Token, headers);

    public Task<JsonNode> GetAsync(string path) => CallAsync(HttpMethod.Get, path).JsonAsync();

    public Task<JsonNode> PostAsync(string path, object body) => CallAsync(HttpMethod.Post, path, body).JsonAsync();

    public Task<JsonNode> PutAsync(string path, object body) => CallAsync(HttpMethod.Put, path, body).JsonAsync();

    /// <summary>Starts an import; the answer as it comes.</summary>
    public Task<HttpResponseMessage> UploadAsync(string name, byte[] file, string? mapping = null)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(
            name.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "text/csv");
        var form = new MultipartFormDataContent { { content, "file", name } };
        if (mapping is not null)
        {
            form.Add(new StringContent(mapping), "mapping");
        }

        return CallAsync(HttpMethod.Post, "/api/tickets/imports", form);
    }

    /// <summary>Imports a file and waits for the import's end (not for the scores).</summary>
    public async Task<JsonNode> ImportAsync(
        string name, byte[] file, string? mapping = null, TimeSpan? timeout = null)
    {
        var started = await UploadAsync(name, file, mapping).JsonAsync();
        return await ImportedAsync(started["importId"]!.GetValue<string>(), timeout);
    }

    /// <summary>Waits for an import's end.</summary>
    public Task<JsonNode> ImportedAsync(string importId, TimeSpan? timeout = null) => Eventually.ValueAsync(
        () => GetAsync($"/api/tickets/imports/{importId}"),
        import => import["status"]!.GetValue<string>() != "Running",
        timeout ?? TimeSpan.FromMinutes(3));

    /// <summary>The id of the agent with this name, once the directory has it.</summary>
    public async Task<Guid> AgentAsync(string name) => (await Eventually.ValueAsync(
        () => AgentsAsync(), agents => agents.ContainsKey(name), expected: $"an agent {name}"))[name];

    /// <summary>Every agent of the directory that the signed-in may see, by name.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> AgentsAsync()
    {
        var known = new Dictionary<string, Guid>();
        for (var page = 1; ; page++)
        {
            var answer = await GetAsync($"/api/coaching/agents?page={page}&pageSize=200");
            var items = answer as JsonArray ?? answer["items"]!.AsArray();
            foreach (var agent in items)
            {
                known.TryAdd(agent!["name"]!.GetValue<string>(), agent["id"]!.GetValue<Guid>());
            }

            if (answer is JsonArray || items.Count < 200)
            {
                return known;
            }
        }
    }
}
