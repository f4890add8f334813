using System.Globalization;
using System.Text;
using Marten;
using Performance.Notifications.Deliveries;
using Performance.ServiceDefaults.Identity;

namespace Performance.Notifications.Inbox;

/// <summary>
/// <c>GET inbox/stream</c>: server-sent events <c>unread</c> with <c>{"unread": n}</c>, the first at once, then
/// whenever the number changes; a heart-beat every 15 s. Every event says all there is, so nothing need be resumed.
/// </summary>
internal static class WatchInbox
{
    private static readonly TimeSpan HeartBeat = TimeSpan.FromSeconds(15);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/inbox/stream", async (
            HttpContext http, IDocumentStore store, Recipients recipients, Signals signals,
            IHostApplicationLifetime lifetime, TimeProvider clock, CancellationToken cancel) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
            if (TokenEnd(http) is { } end)
            {
                // A stream does not outlive its token: the client comes back with a fresh one.
                var left = end - clock.GetUtcNow();
                stop.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }

            var own = await ReadInbox.OwnAsync(http, recipients, cancel);
            using var subscription = signals.Listen(own.ToHashSet());
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            try
            {
                await StreamAsync(http.Response, store, own, subscription, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The client went away, the token ended, or the service stops: the stream just ends.
            }
        }).RequireAuthorization(Policies.Person).Produces(StatusCodes.Status200OK, contentType: "text/event-stream");

    private static async Task StreamAsync(
        HttpResponse response, IDocumentStore store, List<Guid> own, Signals.Subscription subscription,
        CancellationToken stop)
    {
        var last = -1;
        while (true)
        {
            var unread = await CountAsync(store, own, stop);
            var text = unread == last
                ? ": still here\n\n"
                : string.Create(CultureInfo.InvariantCulture, $"event: unread\ndata: {{\"unread\":{unread}}}\n\n");
            last = unread;
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
            await response.Body.FlushAsync(stop);
            await NextAsync(subscription, stop);
        }
    }

    private static async Task NextAsync(Signals.Subscription subscription, CancellationToken stop)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop);
        pause.CancelAfter(HeartBeat);
        try
        {
            await subscription.Changes.ReadAsync(pause.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing happened for a while.
        }
    }

    private static async Task<int> CountAsync(IDocumentStore store, List<Guid> own, CancellationToken cancel)
    {
        if (own.Count == 0)
        {
            return 0;
        }

        await using var session = store.QuerySession();
        return await ReadInbox.UnreadAsync(session, own, cancel);
    }

    private static DateTimeOffset? TokenEnd(HttpContext http) =>
        long.TryParse(http.User.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
