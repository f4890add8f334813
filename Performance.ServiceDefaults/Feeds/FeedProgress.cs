using MassTransit;
using Microsoft.Extensions.Logging;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>Which service takes which feed in.</summary>
internal sealed record FeedSubscriber<TFact>(string Consumer, string Feed)
    where TFact : Fact;

/// <summary>What this process remembers of a feed between pages: where it is, and since when something is
/// missing.</summary>
internal sealed class FeedProgress<TFact>(
    FeedSubscriber<TFact> subscriber, TimeProvider clock, ILogger<FeedProgress<TFact>> logger)
    where TFact : Fact
{
    /// <summary>A gap is given this long to close by itself before the producer is asked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Guid epoch;
    private long position = -1;
    private long missing = -1;
    private DateTimeOffset missingSince;

    /// <summary>Whether this process itself has taken in all up to a position; false says nothing.</summary>
    public bool Has(Guid ofEpoch, long upTo)
    {
        lock (gate)
        {
            return ofEpoch == epoch && upTo <= position;
        }
    }

    public void Reached(Guid ofEpoch, long upTo)
    {
        lock (gate)
        {
            (epoch, position, missing) = (ofEpoch, upTo, -1);
        }
    }

    /// <summary>
    /// A page begins behind a gap. Right after start-up the producer is asked at once: pages published before the
    /// queue existed are the usual reason. Later, once the gap has lasted.
    /// </summary>
    public async Task MissedAsync(IPublishEndpoint bus, string feed, long after)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (missing != after)
            {
                var first = position < 0;
                (missing, missingSince) = (after, now);
                if (!first)
                {
                    return;
                }
            }
            else if (now - missingSince < Patience)
            {
                return;
            }

            missingSince = now;
        }

        logger.LogWarning("Feed {Feed}: {Consumer} misses what follows {After}", feed, subscriber.Consumer, after);
        await bus.Publish(new ReplayRequested(feed, subscriber.Consumer, after));
    }
}
