using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Performance.Gateway.Setup;

/// <summary>What a service saw of a request.</summary>
public sealed record Seen(
    string Service, string Method, string Path, string Query, Dictionary<string, string> Headers, long Body);

/// <summary>A service behind the gateway: answers what it saw, streams, echoes.</summary>
public sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string name;

    private Backend(string name, string url)
    {
        this.name = name;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        app = builder.Build();
        app.UseWebSockets();
        app.Run(AnswerAsync);
    }

    public string Url => app.Urls.Single();

    public bool IsReady { get; set; } = true;

    /// <summary>What the event stream sends.</summary>
    public Channel<string> Events { get; } = Channel.CreateUnbounded<string>();

    /// <summary>Every request that came, probes excepted.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>How much of the body has come so far.</summary>
    public long Received;

    public static async Task<Backend> StartAsync(string name, string url = "http://127.0.0.1:0")
    {
        var backend = new Backend(name, url);
        await backend.app.StartAsync();
        return backend;
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.Value is "/health" or "/alive")
        {
            http.Response.StatusCode = IsReady ? 200 : 503;
            return;
        }

        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        if (http.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(await http.WebSockets.AcceptWebSocketAsync(), headers);
        }
        else if (http.Request.Path.Value!.EndsWith("/stream", StringComparison.Ordinal)
            && http.Request.Method == "GET")
        {
            await StreamAsync(http);
        }
        else
        {
            await AnswerWhatCameAsync(http, headers);
        }
    }

    private async Task AnswerWhatCameAsync(HttpContext http, Dictionary<string, string> headers)
    {
        var buffer = new byte[64 * 1024];
        long body = 0;
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer)) > 0)
        {
            body += read;
            Interlocked.Exchange(ref Received, body);
        }

        var seen = new Seen(
            name, http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", headers, body);
        Requests.Enqueue(seen);
        await http.Response.WriteAsJsonAsync(seen);
    }

    private async Task StreamAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        await http.Response.Body.FlushAsync();
        await foreach (var line in Events.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.WriteAsync($"data: {line}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    // First the authorization that came with the handshake, then everything back.
    private static async Task EchoAsync(WebSocket socket, Dictionary<string, string> headers)
    {
        var hello = Encoding.UTF8.GetBytes(headers.GetValueOrDefault("Authorization", "nobody"));
        await socket.SendAsync(hello, WebSocketMessageType.Text, true, default);
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } got)
        {
            await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, default);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }
}
