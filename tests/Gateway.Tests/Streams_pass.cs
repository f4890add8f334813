using System.Net.WebSockets;
using System.Text;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Streams_pass(GatewayFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_event_as_it_is_sent()
    {
        var scoring = fixture.Backends["scoring-service"];
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(fixture.Client);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scoring/stream?topics=my");
        request.Headers.TryAddWithoutValidation("Cookie", signedIn.Cookie);
        using var response = await fixture.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)
            .WaitAsync(Patience);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var i = 0; i < 3; i++)
        {
            // The next one is sent only when this one has come.
            await scoring.Events.Writer.WriteAsync($"event {i}");
            Assert.Equal($"data: event {i}", await reader.ReadLineAsync().WaitAsync(Patience));
            Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task A_web_socket_of_the_portal_with_who_it_is()
    {
        var signedIn = await (await fixture.UserAsync("agent")).SignInAsync(fixture.Client);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", signedIn.Cookie);
        socket.Options.SetRequestHeader("Origin", fixture.Gateway.Url.ToString().TrimEnd('/'));
        var url = new UriBuilder(fixture.Gateway.Url) { Scheme = "ws", Path = "/_blazor" }.Uri;
        await socket.ConnectAsync(url, default);
        Assert.StartsWith("Bearer ey", await ReadAsync(socket));
        foreach (var word in (string[])["one", "two"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, true, default);
            Assert.Equal(word, await ReadAsync(socket));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).WaitAsync(Patience);
    }

    private static async Task<string> ReadAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        var got = await socket.ReceiveAsync(buffer, default).WaitAsync(Patience);
        return Encoding.UTF8.GetString(buffer, 0, got.Count);
    }
}
