using System.Collections.Concurrent;
using System.Diagnostics;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.Load.EndToEnd;

/// <summary>
/// From posting an event to the server-sent event that names its rep, at 100 events/s: one event each for 100 reps in
/// turn, so that the limit of four notices a second per key does not hold any back.
/// </summary>
internal static class PostToNotice
{
    private const int Reps = 100;
    private const int Samples = 1_500;

    // Ten seconds: a system that has just been started compiles what is used often while it is used.
    private const int WarmUp = 1_000;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        var admin = await context.AdminAsync();
        var integration = await admin.IntegrationAsync("sse-" + Guid.NewGuid().ToString("n")[..6]);
        var reps = await context.RepsAsync("sse-rep", Reps);
        var run = Guid.NewGuid().ToString("n")[..8];
        var posted = new ConcurrentDictionary<Guid, long>();
        var samples = new ConcurrentBag<double>();
        using var stop = new CancellationTokenSource();
        var listening = reps.Select(rep => ListenAsync(rep.Self, rep.Id, posted, samples, stop.Token)).ToList();
        await Task.WhenAll(listening.Select(l => l.Ready));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var posts = new List<Task>();
        for (var n = 0; n < WarmUp + Samples; n++)
        {
            await pace.WaitForNextTickAsync();
            var rep = reps[n % Reps].Id;
            var warm = n < WarmUp;
            var happened = RepActivity.Call($"{run}-{n}", rep, TimeProvider.System.GetUtcNow());
            posts.Add(Task.Run(async () =>
            {
                if (!warm)
                {
                    // An event that meets another of its rep on the way is told in the same notice.
                    posted.TryAdd(rep, Stopwatch.GetTimestamp());
                }

                await integration.PostUntilAcknowledgedAsync([happened]);
            }));
        }

        await Task.WhenAll(posts);
        await Eventually.Async(() => posted.IsEmpty, TimeSpan.FromSeconds(20), "a notice for every rep");
        await stop.CancelAsync();
        return ($"{samples.Count} notices of {Samples} events", samples.ToList().Milliseconds());
    }

    private static (Task Ready, Task Ended) ListenAsync(
        Api self, Guid rep, ConcurrentDictionary<Guid, long> posted, ConcurrentBag<double> samples,
        CancellationToken stop)
    {
        var ready = new TaskCompletionSource();
        return (ready.Task, Task.Run(async () =>
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scoring/stream?topics=my");
                request.Headers.Authorization = new("Bearer", self.Token);
                using var response = await self.Http.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, stop);
                response.EnsureSuccessStatusCode();
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
                ready.SetResult();
                while (await reader.ReadLineAsync(stop) is { } line)
                {
                    if (line.StartsWith("data:", StringComparison.Ordinal)
                        && (line.Contains(rep.ToString(), StringComparison.Ordinal) || line.Contains("\"*\""))
                        && posted.TryRemove(rep, out var began))
                    {
                        samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
            catch (Exception e)
            {
                ready.TrySetException(e);
            }
        }, stop));
    }
}
