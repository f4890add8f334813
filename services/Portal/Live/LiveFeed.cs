using Performance.Portal.Sessions;

namespace Performance.Portal.Live;

/// <summary>The live stream of scoring, one per circuit: pages hear which topics changed and ask again.</summary>
public sealed class LiveFeed(GatewayConnection connection, PortalSession session, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly List<(string Topic, Action Heard)> _listeners = [];
    private EventStream? _stream;
    private CancellationTokenSource? _run;

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
        _stream ??= new EventStream(() => connection.StreamFor(session), time, Tell, Connected);
        _run?.Cancel();
        _run = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        _ = _stream.RunAsync("/api/scoring/stream?topics=" + Topics(), _run.Token);
    }

    /// <param name="topic">Null: something may have been missed, everybody asks again.</param>
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
