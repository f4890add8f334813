using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Bus;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>Publishes a stretch of the feed again for a consumer that missed it.</summary>
internal sealed class FeedReplayConsumer<TFact>(
    Feed<TFact> feed,
    FeedPublisher<TFact> publisher,
    IDocumentStore store,
    NpgsqlDataSource database,
    ILogger<FeedReplayConsumer<TFact>> logger) : IConsumer<ReplayRequested>
    where TFact : Fact
{
    private readonly HashSet<Type> types = [.. feed.EventTypes];

    public async Task Consume(ConsumeContext<ReplayRequested> context)
    {
        if (context.Message.Feed != feed.Name)
        {
            return;
        }

        var cancel = context.CancellationToken;
        var head = await FeedHead.ReadAsync(database, feed.Name, feed.SubscriptionName, cancel);
        var after = context.Message.After;
        if (after < head.Published)
        {
            logger.LogInformation(
                "Feed {Feed}: {Consumer} asked for all behind {After}", feed.Name, context.Message.Consumer, after);
        }

        while (after < head.Published)
        {
            await using var session = store.QuerySession();
            var from = after;
            var events = await session.Events.QueryAllRawEvents()
                .Where(e => e.Sequence > from && e.Sequence <= head.Published)
                .OrderBy(e => e.Sequence)
                .Take(Feed<TFact>.PageSize)
                .ToListAsync(cancel);
            var upTo = events.Count < Feed<TFact>.PageSize ? head.Published : events[^1].Sequence;
            IReadOnlyList<IEvent> chosen = [.. events.Where(e => types.Contains(e.EventType))];
            var facts = chosen.Count == 0 ? [] : await feed.Translate(chosen, session, cancel);
            await publisher.PublishAsync(
                new FeedPage<TFact>(feed.Name, head.Epoch, after, upTo, facts), cancel);
            after = upTo;
        }
    }
}

/// <summary>Its queue, one for all replicas of the producer.</summary>
internal sealed class FeedReplayConsumerDefinition<TFact> : ConsumerDefinition<FeedReplayConsumer<TFact>>
    where TFact : Fact
{
    public FeedReplayConsumerDefinition(Feed<TFact> feed, IConfiguration configuration)
    {
        EndpointName = BusNames.ReplayQueue(configuration, feed.Name);
        ConcurrentMessageLimit = 1;
    }
}
