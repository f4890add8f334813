using System.Net;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>A server-sent event as a client reads it.</summary>
internal sealed record SentEvent(string? Id, string? Name, string Data);

/// <summary>A connection to the live stream.</summary>
internal sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private EventStream(HttpResponseMessage response, StreamReader reader)
    {
        this.response = response;
        this.reader = reader;
    }

    /// <summary>The latest id.</summary>
    public string? LastId { get; private set; }

    public static async Task<EventStream> OpenAsync(HttpClient client, string topics = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scoring/stream" + topics);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var stream = new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        using var limit = new CancellationTokenSource(Patience);
        await stream.BlockAsync(limit.Token);
        return stream;
    }

    /// <summary>The next event that has data.</summary>
    public async Task<SentEvent> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var block = await BlockAsync(limit.Token);
            if (block.Data.Length > 0)
            {
                return block;
            }
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private async Task<SentEvent> BlockAsync(CancellationToken cancel)
    {
        var (id, name, data) = (LastId, (string?)null, "");
        while (await reader.ReadLineAsync(cancel) is { Length: > 0 } line)
        {
            _ = line.Split(": ", 2) switch
            {
                ["id", var value] => id = value,
                ["event", var value] => name = value,
                ["data", var value] => data = value,
                _ => null
            };
        }

        LastId = id;
        return new SentEvent(id, name, data);
    }
}
