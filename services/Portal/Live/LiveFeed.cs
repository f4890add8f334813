using Performance.Portal.Sessions;

namespace Performance.Portal.Live;

/// <summary>
/// The live stream of scoring, read by the circuit: pages hear what changed and ask again. After a break it resumes
/// where it was; what was missed makes every page ask again.
/// </summary>
public sealed class LiveFeed(
    GatewayConnection connection, PortalSession session, TimeProvider time, ILogger<LiveFeed> logger) : IDisposable
{
    /// <summary>A heart-beat comes every 15 s; twice without one means that nobody is there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _closed = new();
    private readonly List<(string Topic, Action Heard)> _listeners = [];
    private CancellationTokenSource? _run;
    private string? _lastId;

    public event Action? StateChanged;

    public bool IsConnected { get; private set; }

    /// <summary>Listens until the result is disposed. <paramref name="heard"/> runs on any thread.</summary>
    public IDisposable Listen(string topic, Action heard)
    {
        var listener = (topic, heard);
        bool isNew;
        lock (_listeners)
        {
            isNew = _listeners.All(l => l.Topic != topic);
            _listeners.Add(listener);
        }

        if (isNew)
        {
            Restart();
        }

        return new Listening(() =>
        {
            lock (_listeners)
            {
                _listeners.Remove(listener);
            }
        });
    }

    public void Dispose()
    {
        _closed.Cancel();
        _run?.Dispose();
        _closed.Dispose();
    }

    private void Restart()
    {
        _run?.Cancel();
        _run = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        _ = RunAsync(_run.Token);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        using var http = connection.StreamFor(session);
        var wait = TimeSpan.FromSeconds(0.25);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(http, () => wait = TimeSpan.FromSeconds(0.25), cancel);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                logger.LogDebug(e, "The live stream broke off");
            }

            if (!cancel.IsCancellationRequested)
            {
                Connected(false);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                await Task.Delay(wait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReadAsync(HttpClient http, Action alive, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        silence.CancelAfter(Silence);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scoring/stream?topics=" + Topics());
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (_lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastId);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        answer.EnsureSuccessStatusCode();
        alive();
        var missed = !IsConnected && _lastId is not null;
        Connected(true);
        if (missed)
        {
            Tell(null);
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(silence.Token);
        await foreach (var notice in SseReader.ReadAsync(new Listened(stream, () => silence.CancelAfter(Silence)), silence.Token))
        {
            _lastId = notice.Id ?? _lastId;
            Tell(notice.Topic is "reset" ? null : notice.Topic);
        }
    }

    private void Tell(string? topic)
    {
        List<Action> hear;
        lock (_listeners)
        {
            hear = [.. _listeners.Where(l => topic is null || l.Topic == topic).Select(l => l.Heard)];
        }

        hear.ForEach(heard => heard());
    }

    private string Topics()
    {
        lock (_listeners)
        {
            return string.Join(',', _listeners.Select(l => l.Topic).Distinct());
        }
    }

    private void Connected(bool connected)
    {
        if (IsConnected != connected)
        {
            IsConnected = connected;
            StateChanged?.Invoke();
        }
    }

    private sealed class Listening(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
