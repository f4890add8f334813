using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Performance.Demo;

/// <summary>The public API, as any client outside would use it: the demo has no other way in.</summary>
internal sealed class GatewayClient(DemoSettings settings, TimeProvider clock, ILogger<GatewayClient> logger)
    : IDisposable
{
    // A password is slow to check, on purpose: everybody signs in once.
    private readonly ConcurrentDictionary<string, Session> people = new();
    private readonly HttpClient http = new() { BaseAddress = settings.Gateway, Timeout = TimeSpan.FromMinutes(2) };

    public Session SignIn(string userName, string password) => people.GetOrAdd(userName, _ => new Session(
        this, clock, () => Request(HttpMethod.Post, "auth/login", JsonContent.Create(new { userName, password }))));

    public Session SignIn(string apiKey) => new(this, clock, () =>
    {
        var request = Request(HttpMethod.Post, "auth/token", null);
        request.Headers.Add("X-Api-Key", apiKey);
        return request;
    });

    /// <summary>Returns once everything is ready.</summary>
    public async Task HealthyAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        do
        {
            try
            {
                using var response = await http.GetAsync("health", cancel);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    /// <summary>Sends until somebody answers: the system may be restarting, or ask to wait.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(10, 0.25 * Math.Pow(2, Math.Min(attempt, 6))));
            try
            {
                var response = await http.SendAsync(request(), cancel);
                if (response.StatusCode < HttpStatusCode.InternalServerError
                    && response.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    return response;
                }

                pause = response.Headers.RetryAfter?.Delta ?? pause;
                logger.LogInformation("The gateway answered {Status}; again in {Pause}", response.StatusCode, pause);
                response.Dispose();
            }
            catch (Exception e) when (
                e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                logger.LogInformation("The gateway does not answer ({Reason}); again in {Pause}", e.Message, pause);
            }

            await Task.Delay(pause, clock, cancel);
        }
    }

    /// <summary>The id of an imported task, once this person sees it.</summary>
    public async Task<Guid> TicketAsync(Session who, string taskId, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), clock);
        while (true)
        {
            var found = await who.GetAsync($"api/tickets?source=clickup&ticketId={taskId}", cancel);
            if (found!["items"]!.AsArray() is [{ } ticket, ..])
            {
                return ticket["id"]!.GetValue<Guid>();
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    public static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) =>
        new(method, path.TrimStart('/')) { Content = content };

    public void Dispose() => http.Dispose();
}

/// <summary>Somebody signed in; the token is renewed before it ends.</summary>
internal sealed class Session(GatewayClient gateway, TimeProvider clock, Func<HttpRequestMessage> signIn)
{
    private string? token;
    private DateTimeOffset renewAt;

    public Task<JsonNode?> GetAsync(string path, CancellationToken cancel) =>
        CallAsync(HttpMethod.Get, path, null, cancel);

    public Task<JsonNode?> PutAsync(string path, object body, CancellationToken cancel, string? key = null) =>
        CallAsync(HttpMethod.Put, path, () => JsonContent.Create(body), cancel, key);

    public Task<JsonNode?> PostAsync(string path, object body, CancellationToken cancel, string? key = null) =>
        CallAsync(HttpMethod.Post, path, () => JsonContent.Create(body), cancel, key);

    /// <summary>The answer's body; null if there is none. Throws <see cref="RefusedException"/> on a refusal.</summary>
    public async Task<JsonNode?> CallAsync(
        HttpMethod method,
        string path,
        Func<HttpContent>? content,
        CancellationToken cancel,
        string? idempotencyKey = null)
    {
        if (token is null || clock.GetUtcNow() >= renewAt)
        {
            var answer = await ReadAsync(await gateway.SendAsync(signIn, cancel), cancel);
            token = answer!["accessToken"]!.GetValue<string>();
            var ends = DateTimeOffset.Parse(answer["expiresAt"]!.GetValue<string>(),
                System.Globalization.CultureInfo.InvariantCulture);
            renewAt = clock.GetUtcNow() + ((ends - clock.GetUtcNow()) / 2);
        }

        var response = await gateway.SendAsync(() =>
        {
            var request = GatewayClient.Request(method, path, content?.Invoke());
            request.Headers.Authorization = new("Bearer", token);
            if (idempotencyKey is not null)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }

            return request;
        }, cancel);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // A new key pair, or a restored database: the next call signs in again.
            token = null;
        }

        return await ReadAsync(response, cancel);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode
                ? body.Length == 0 ? null : JsonNode.Parse(body)
                : throw new RefusedException(response.StatusCode,
                    $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: "
                    + $"{(int)response.StatusCode} {body}");
        }
    }
}

/// <summary>The API said no (4xx).</summary>
internal sealed class RefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
