using System.Net.ServerSentEvents;

namespace Performance.Portal.Live;

/// <summary>
/// One stream of server-sent events, read by the circuit as long as it runs: resumes where it was after a break, tries
/// again ever more rarely, and takes a long silence for a break.
/// </summary>
/// <param name="open">A client that waits as long as it takes.</param>
/// <param name="time">The clock.</param>
/// <param name="heard">A notice came; null after a break, when something may have been missed.</param>
/// <param name="connected">The stream is there, or gone.</param>
public sealed class EventStream(
    Func<HttpClient> open, TimeProvider time, Action<string?> heard, Action<bool> connected)
{
    /// <summary>A heart-beat comes every 15 s; twice without one means that nobody is there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    private string? _lastId;
    private bool _brokeOff;

    public async Task RunAsync(string address, CancellationToken cancel)
    {
        using var http = open();
        var wait = ShortestWait;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(http, address, () => wait = ShortestWait, cancel);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // Told below: whoever shows the state hears of it, and the next try follows.
            }

            if (!cancel.IsCancellationRequested)
            {
                _brokeOff = true;
                connected(false);
                await Task.Delay(wait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }

    private async Task ReadAsync(HttpClient http, string address, Action alive, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        silence.CancelAfter(Silence);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (_lastId is { Length: > 0 })
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastId);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        answer.EnsureSuccessStatusCode();
        alive();
        connected(true);
        if (_brokeOff)
        {
            _brokeOff = false;
            heard(null);
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(silence.Token);
        await using var listened = new Listened(stream, () => silence.CancelAfter(Silence));
        var parser = SseParser.Create(listened);
        try
        {
            await foreach (var item in parser.EnumerateAsync(silence.Token))
            {
                heard(item.EventType is "reset" ? null : item.EventType);
            }
        }
        finally
        {
            // An id may come without an event.
            _lastId = parser.LastEventId;
        }
    }
}
