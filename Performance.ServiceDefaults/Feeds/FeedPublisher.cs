using MassTransit;
using Microsoft.Extensions.Logging;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>Publishes pages and does not give up: a broker that is away delays a feed and never breaks it.</summary>
internal sealed class FeedPublisher<TFact>(IBus bus, TimeProvider clock, ILogger<FeedPublisher<TFact>> logger)
    where TFact : Fact
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task PublishAsync(FeedPage<TFact> page, CancellationToken cancel)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = Longer(pause))
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                patience.CancelAfter(TimeSpan.FromSeconds(10));
                await bus.Publish(page, patience.Token);
                return;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                logger.LogWarning(
                    e, "Feed {Feed}: page {After}..{UpTo} could not be published, next try in {Pause}",
                    page.Feed, page.After, page.UpTo, pause);
                await Task.Delay(pause, clock, cancel);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
