using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Performance.Hosting;

public sealed class The_dashboard_shows_and_commands : IAsyncLifetime
{
    private const string Token = "the-token-of-this-test";
    private TestApp _app = null!;
    private HttpClient _client = null!;
    private string _otlp = "";

    public async Task InitializeAsync()
    {
        var port = FreePort();
        _app = await TestApp.StartAsync(
            builder => builder.AddEcho("echo")
                .WithEnvironment("HIDDEN", builder.AddParameter("hidden", "a-secret-value", secret: true))
                .WithEnvironment("SHOWN", "a plain value"),
            settings: new()
            {
                ["ASPNETCORE_URLS"] = $"http://localhost:{port}",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{FreePort()}",
                ["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] = Token,
            },
            dashboard: true);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://localhost:{port}"),
        };
        _otlp = (await _app.EnvironmentOfAsync("echo"))["OTEL_EXPORTER_OTLP_ENDPOINT"];
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Strangers_are_sent_away()
    {
        using var page = await _client.GetAsync("/resources/echo", _app.Stop);
        Assert.Equal("/login?returnUrl=%2Fresources%2Fecho", page.Headers.Location?.OriginalString);
        foreach (var path in new[] { "/api/resources", "/api/events", "/api/consolelogs/echo/download" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await _client.GetAsync(path, _app.Stop)).StatusCode);
        using var stop = await _client.PostAsync("/api/resources/echo/stop", null, _app.Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, stop.StatusCode);
        using var wrong = await _client.GetAsync("/login?t=guess", _app.Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_link_gives_a_cookie_that_opens_pages_but_commands_only_from_our_own_script()
    {
        using var login = await _client.GetAsync($"/login?t={Token}&returnUrl=//elsewhere.test", _app.Stop);
        Assert.Equal("/", login.Headers.Location?.OriginalString);
        var set = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", set);
        Assert.Contains("samesite=strict", set);
        Assert.DoesNotContain(Token, set);

        var cookie = set.Split(';')[0];
        using var page = await SendAsync(HttpMethod.Get, "/", ("Cookie", cookie));
        Assert.Contains("echo", await page.Content.ReadAsStringAsync(_app.Stop));
        using var forged = await SendAsync(HttpMethod.Post, "/api/resources/echo/restart", ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        using var elsewhere = await SendAsync(
            HttpMethod.Get, "/", ("Cookie", cookie), ("Host", "elsewhere.test"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Secrets_are_masked_until_they_are_asked_for()
    {
        var page = await TextAsync("/resources/echo");
        Assert.Contains("a plain value", page);
        Assert.Contains("HIDDEN", page);
        Assert.DoesNotContain("a-secret-value", page);
        Assert.Contains("a-secret-value", await TextAsync("/api/resources/echo/environment/HIDDEN"));
        using var missing = await SendAsync(
            HttpMethod.Get, "/api/resources/echo/environment/NONE", ("X-API-Key", Token));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Commands_stop_and_start_and_the_stream_tells()
    {
        var stream = await _client.SendAsync(
            Request(HttpMethod.Get, "/api/events", ("X-API-Key", Token)),
            HttpCompletionOption.ResponseHeadersRead, _app.Stop);
        using var notices = new StreamReader(await stream.Content.ReadAsStreamAsync(_app.Stop));
        Assert.Equal("event: changed", await notices.ReadLineAsync(_app.Stop));
        var pid = (await ResourceAsync()).GetProperty("pid").GetInt32();

        using var stopped = await SendAsync(HttpMethod.Post, "/api/resources/echo/stop", ("X-API-Key", Token));
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.Equal("Exited", (await ResourceAsync()).GetProperty("state").GetString());
        Assert.False(Echoes.IsAlive(pid));
        Assert.NotNull(await notices.ReadLineAsync(_app.Stop));

        using var started = await SendAsync(
            HttpMethod.Post, "/api/resources/echo/start", ("Authorization", $"Bearer {Token}"));
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        await _app.ReplacedAsync("echo", pid);
        using var unknown = await SendAsync(HttpMethod.Post, "/api/resources/none/stop", ("X-API-Key", Token));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Consoles_are_shown_as_text_and_can_be_followed_and_kept()
    {
        var stream = await _client.SendAsync(
            Request(HttpMethod.Get, "/api/consolelogs/echo", ("X-API-Key", Token)),
            HttpCompletionOption.ResponseHeadersRead, _app.Stop);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(_app.Stop));
        const string Hostile = "<script>alert(1)</script>";
        await _app.ClientOf("echo").PostAsync($"/say?text={Uri.EscapeDataString(Hostile)}", null, _app.Stop);
        string? line;
        do
            line = await lines.ReadLineAsync(_app.Stop);
        while (line?.Contains("alert(1)", StringComparison.Ordinal) == false);
        Assert.DoesNotContain("<script>", line);
        var page = await TextAsync("/consolelogs/echo");
        Assert.Contains("&lt;script&gt;alert(1)", page);
        Assert.DoesNotContain(Hostile, page);
        Assert.Contains(Hostile, await TextAsync("/api/consolelogs/echo/download"));
    }

    [Fact]
    public async Task Telemetry_is_taken_from_those_who_know_the_key()
    {
        var headers = (await _app.EnvironmentOfAsync("echo"))["OTEL_EXPORTER_OTLP_HEADERS"];
        Assert.Equal("0", await ExportAsync(headers.Split('=')[1]));
        Assert.Equal("16", await ExportAsync("guess"));
    }

    private async Task<string> ExportAsync(string key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, _otlp + "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("x-otlp-api-key", key);
        using var response = await client.SendAsync(request, _app.Stop);
        await response.Content.ReadAsByteArrayAsync(_app.Stop);
        return response.Headers.Concat(response.TrailingHeaders).First(h => h.Key == "grpc-status").Value.First();
    }

    private Task<JsonElement> ResourceAsync() => SendAsync(
            HttpMethod.Get, "/api/resources/echo", ("X-API-Key", Token)).ContinueWith(
            r => r.Result.Content.ReadFromJsonAsync<JsonElement>(_app.Stop), _app.Stop).Unwrap();

    private async Task<string> TextAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, ("X-API-Key", Token));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(_app.Stop);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string, string)[] headers) =>
        _client.SendAsync(Request(method, path, headers), _app.Stop);

    private static HttpRequestMessage Request(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
