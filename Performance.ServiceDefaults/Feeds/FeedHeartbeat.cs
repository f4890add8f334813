using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>
/// Tells consumers how far the feed is although no fact came: soon after the store moved on by other events, so that
/// <c>atLeast</c> does not wait for a fact, and regularly, so that a lost last page is missed.
/// </summary>
internal sealed class FeedHeartbeat<TFact>(
    Feed<TFact> feed,
    FeedPublisher<TFact> publisher,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<FeedHeartbeat<TFact>> logger) : BackgroundService
    where TFact : Fact
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Regular = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var told = -1L;
        var toldAt = DateTimeOffset.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var head = await FeedHead.ReadAsync(database, feed.Name, feed.SubscriptionName, stoppingToken);
                var movedByOthers = head.Progress > head.Published && head.Progress > told;
                if (!movedByOthers && clock.GetUtcNow() - toldAt < Regular)
                {
                    continue;
                }

                // Facts end at Published; from there to Progress the store has none, which this page says.
                var upTo = Math.Max(head.Published, head.Progress);
                await publisher.PublishAsync(
                    new FeedPage<TFact>(feed.Name, head.Epoch, head.Published, upTo, []), stoppingToken);
                (told, toldAt) = (upTo, clock.GetUtcNow());
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "Feed {Feed}: no heart-beat", feed.Name);
            }
        }
    }
}
