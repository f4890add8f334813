using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Npgsql;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>
/// The event store is the outbox: this Marten subscription reads it in order and publishes pages. A page is
/// published, and confirmed by the broker, before the subscription's progress moves; a crash in between publishes it
/// again, which consumers recognise by its positions.
/// </summary>
internal sealed class FeedSubscription<TFact> : SubscriptionBase
    where TFact : Fact
{
    private readonly Feed<TFact> feed;
    private readonly FeedPublisher<TFact> publisher;
    private readonly NpgsqlDataSource database;

    public FeedSubscription(Feed<TFact> feed, FeedPublisher<TFact> publisher, NpgsqlDataSource database)
    {
        this.feed = feed;
        this.publisher = publisher;
        this.database = database;
        Name = feed.SubscriptionName;
        Options.BatchSize = Feed<TFact>.PageSize;
        foreach (var type in feed.EventTypes)
        {
            IncludeType(type);
        }
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page,
        ISubscriptionController controller,
        IDocumentOperations operations,
        CancellationToken cancellationToken)
    {
        var head = await FeedHead.ReadAsync(database, feed.Name, feed.SubscriptionName, cancellationToken);
        var facts = await feed.Translate(page.Events, operations, cancellationToken);
        await publisher.PublishAsync(
            new FeedPage<TFact>(feed.Name, head.Epoch, head.Published, page.SequenceCeiling, facts), cancellationToken);
        operations.QueueSqlCommand(FeedHead.Move, feed.Name, page.SequenceCeiling);
        return NullChangeListener.Instance;
    }
}
