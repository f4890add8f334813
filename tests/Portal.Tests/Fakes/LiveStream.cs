using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Performance.Portal.Fakes;

/// <summary>Server-sent notices with ids, resuming by Last-Event-ID, that a test can break off.</summary>
internal sealed class LiveStream
{
    private readonly ConcurrentDictionary<Guid,
        (HttpContext Http, SemaphoreSlim Wake, Queue<string> Lines)> _listeners = new();
    private long _id;

    public int Listeners => _listeners.Count;

    public ConcurrentQueue<string?> ResumedFrom { get; } = new();

    public void Tell(string topic, string data = "{}")
    {
        var id = Interlocked.Increment(ref _id);
        foreach (var (_, (_, wake, lines)) in _listeners)
        {
            lock (lines)
            {
                lines.Enqueue($"id: {id}\nevent: {topic}\ndata: {data}\n\n");
            }

            wake.Release();
        }
    }

    public void Break()
    {
        foreach (var (_, (http, _, _)) in _listeners)
        {
            http.Abort();
        }
    }

    public async Task<object?> ServeAsync(HttpContext http)
    {
        ResumedFrom.Enqueue(http.Request.Headers["Last-Event-ID"].FirstOrDefault());
        http.Response.ContentType = "text/event-stream";
        var wake = new SemaphoreSlim(0);
        var lines = new Queue<string>();
        var me = Guid.NewGuid();
        _listeners[me] = (http, wake, lines);
        try
        {
            await http.Response.WriteAsync(": hello\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            while (true)
            {
                var woken = await wake.WaitAsync(TimeSpan.FromSeconds(15), http.RequestAborted);
                string line;
                lock (lines)
                {
                    line = woken ? lines.Dequeue() : ": heart-beat\n\n";
                }

                await http.Response.WriteAsync(line, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            _listeners.TryRemove(me, out _);
        }
    }
}
