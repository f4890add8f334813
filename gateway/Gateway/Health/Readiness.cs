using Npgsql;
using OpenTelemetry;

namespace Performance.Gateway;

/// <summary>
/// <c>GET /health</c>: 200 once the identity database, every service and the portal answer their own /health, else 503
/// naming who does not. Asked at most once a second, however many ask us. <c>/alive</c> is about this process alone.
/// </summary>
internal sealed class Readiness(
    IConfiguration configuration, NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = Patience })
    {
        Timeout = Patience
    };

    private readonly Lock gate = new();
    private Task<Answer>? last;
    private long askedAt;

    internal sealed record Answer(string Status, IReadOnlyDictionary<string, string> Services);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health", Handle).AllowAnonymous().DisableRateLimiting()
            .Produces<Answer>().ProducesProblem(503);
        app.MapGet("/alive", () => Results.Text("Healthy")).AllowAnonymous().DisableRateLimiting()
            .ExcludeFromDescription();
    }

    public void Dispose() => client.Dispose();

    private static async Task<IResult> Handle(Readiness readiness, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "no-store";
        var answer = await readiness.AskAsync().WaitAsync(cancel);
        if (answer.Status == "Healthy")
        {
            return Results.Ok(answer);
        }

        response.Headers.RetryAfter = "1";
        var missing = answer.Services.Where(service => service.Value != "ready").Select(service => service.Key);
        return Results.Problem(
            statusCode: 503,
            title: $"Not ready: {string.Join(", ", missing)}",
            extensions: new Dictionary<string, object?> { ["services"] = answer.Services });
    }

    private Task<Answer> AskAsync()
    {
        lock (gate)
        {
            if (last is null || (last.IsCompleted && clock.GetElapsedTime(askedAt) > Freshness))
            {
                askedAt = clock.GetTimestamp();
                last = AskAllAsync();
            }

            return last;
        }
    }

    private async Task<Answer> AskAllAsync()
    {
        // These calls say nothing in a trace.
        using var quiet = SuppressInstrumentationScope.Begin();
        var asked = RouteTable.Services.Select(async service => (Name: service, State: await AskAsync(service)))
            .Append(DatabaseAsync()).ToList();
        var services = (await Task.WhenAll(asked)).ToDictionary(part => part.Name, part => part.State);
        return new Answer(services.Values.All(state => state == "ready") ? "Healthy" : "Unhealthy", services);
    }

    /// <summary>A service is ready when one of its replicas is.</summary>
    private async Task<string> AskAsync(string service)
    {
        var states = await Task.WhenAll(Clusters.Addresses(configuration, service).Select(AskReplicaAsync));
        return states.Contains("ready") ? "ready" : states[0];
    }

    private async Task<string> AskReplicaAsync(string address)
    {
        try
        {
            using var response = await client.GetAsync($"{address}/health");
            return response.IsSuccessStatusCode ? "ready" : "not ready";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return "no answer";
        }
    }

    private async Task<(string Name, string State)> DatabaseAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            await using var select = database.CreateCommand("select 1");
            await select.ExecuteScalarAsync(timeout.Token);
            return ("identity", "ready");
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return ("identity", "no answer");
        }
    }
}
