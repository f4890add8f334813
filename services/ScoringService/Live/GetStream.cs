using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Performance.Contracts;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Live;

/// <summary>
/// <c>GET /api/scoring/stream?topics=</c>: server-sent events that say which keys of a topic changed. <c>reset</c>: ask
/// for everything again. The views stay the truth.
/// </summary>
internal static class GetStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/stream", async (
            HttpContext http, LiveHub hub, AgentDirectory directory, IHostApplicationLifetime lifetime,
            TimeProvider clock, CancellationToken cancel) =>
        {
            var topics = TopicsOf(http.Request.Query["topics"]);
            var listener = new Listener(CurrentUser.From(http.User), directory, hub);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
            if (long.TryParse(http.User.FindFirst("exp")?.Value, out var expires))
            {
                // Nobody listens on with a token that has run out.
                var left = DateTimeOffset.FromUnixTimeSeconds(expires) - clock.GetUtcNow();
                end.CancelAfter(TimeSpan.FromSeconds(Math.Clamp(left.TotalSeconds, 0, 86_400)));
            }

            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var lastEventId = http.Request.Headers["Last-Event-ID"].ToString();
            var (subscription, sequence) = hub.Subscribe(topics, lastEventId);
            try
            {
                var beginning = lastEventId.Length == 0 ? Id(sequence) : null;
                await TellAsync(http.Response, subscription, listener, clock, beginning, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The listener left, the service stops, or the token ran out: the stream just ends.
            }
            finally
            {
                hub.Unsubscribe(subscription);
            }
        }).RequireAuthorization(Policies.Person);

    private static async Task TellAsync(
        HttpResponse response, Subscription subscription, Listener listener, TimeProvider clock, string? id,
        CancellationToken cancel)
    {
        subscription.Only(await listener.OwnKeysAsync(cancel));
        await SendAsync(response, id is null ? ": listening\n\n" : $": listening\nid: {id}\n\n", cancel);
        var sent = clock.GetTimestamp();
        while (true)
        {
            await subscription.WaitAsync(Left(clock, sent), cancel);
            subscription.Only(await listener.OwnKeysAsync(cancel));
            var telling = subscription.Take();
            var safe = Id(telling.SafeSequence);
            var heard = new List<(string Topic, string[] Keys)>();
            foreach (var (topic, keys) in telling.Topics)
            {
                if (await listener.MayHearAsync(topic, keys, cancel) is { Length: > 0 } allowed)
                {
                    heard.Add((topic, allowed));
                }
            }

            var text = telling.Reset ? $"id: {safe}\nevent: reset\ndata: []\n\n" : "";
            foreach (var (index, (topic, keys)) in heard.Index())
            {
                // Only the last one moves the id: who loses the connection in between is told again.
                id = index == heard.Count - 1 ? safe : id;
                text += (id is null ? "" : $"id: {id}\n")
                    + $"event: {topic}\ndata: {JsonSerializer.Serialize(keys)}\n\n";
            }

            if (text.Length > 0 || Left(clock, sent) == TimeSpan.Zero)
            {
                await SendAsync(response, text.Length > 0 ? text : ": \n\n", cancel);
                sent = clock.GetTimestamp();
            }
        }
    }

    /// <summary>Until the next heart-beat is due.</summary>
    private static TimeSpan Left(TimeProvider clock, long sent) =>
        Heartbeat - clock.GetElapsedTime(sent) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancel)
    {
        await response.WriteAsync(text, cancel);
        await response.Body.FlushAsync(cancel);
    }

    private static string Id(long sequence) =>
        new StorePosition(EventStoreId.Scoring, sequence).Value.ToString(null, null);

    private static HashSet<string> TopicsOf(IEnumerable<string?> values)
    {
        var names = values.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries)).ToHashSet();
        return names.FirstOrDefault(n => !Topics.Names.Contains(n)) is not null
            ? throw new InvalidFieldException("topics", "may name " + string.Join(", ", Topics.Names))
            : names.Count == 0 ? [.. Topics.Names] : names;
    }
}
