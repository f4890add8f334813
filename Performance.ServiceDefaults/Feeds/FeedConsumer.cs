using Marten;
using Marten.Services;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Bus;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>
/// Takes a feed in: pages in order, each fact once in effect. The position moves in the transaction of the handler's
/// own events, so a repeated page changes nothing; a page from behind a gap is left aside and the producer is asked
/// to send everything from the gap on.
/// </summary>
internal sealed class FeedConsumer<TFact>(
    IFeedHandler<TFact> handler,
    FeedProgress<TFact> progress,
    IDocumentStore store,
    NpgsqlDataSource database,
    ILogger<FeedConsumer<TFact>> logger) : IConsumer<FeedPage<TFact>>
    where TFact : Fact
{
    public async Task Consume(ConsumeContext<FeedPage<TFact>> context)
    {
        var page = context.Message;
        var cancel = context.CancellationToken;
        if (progress.Has(page.Epoch, page.UpTo))
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var cursor = await FeedCursors.LockAsync(connection, transaction, page.Feed, cancel);
        if (cursor.Epoch is { } epoch && epoch != page.Epoch)
        {
            logger.LogCritical(
                "Feed {Feed} comes from another store ({Epoch}) than before ({Known}): it was restored; this "
                + "service must be resynchronised before it takes in more (README, Backup)",
                page.Feed, page.Epoch, epoch);
            return;
        }

        if (page.After > cursor.Position)
        {
            await progress.MissedAsync(context, page.Feed, cursor.Position);
            return;
        }

        if (page.UpTo > cursor.Position)
        {
            await TakeInAsync(page, cursor.Position, transaction, cancel);
            await transaction.CommitAsync(cancel);
        }

        progress.Reached(page.Epoch, Math.Max(page.UpTo, cursor.Position));
    }

    private async Task TakeInAsync(
        FeedPage<TFact> page, long position, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        List<TFact> facts = [.. page.Facts.Where(fact => fact.Sequence > position)];
        if (facts.Count > 0)
        {
            await handler.HandleAsync(facts, session, cancel);
        }

        session.QueueSqlCommand(FeedCursor.Move, page.Epoch, page.UpTo, page.Feed);
        await session.SaveChangesAsync(cancel);
    }
}

/// <summary>
/// One active consumer per feed, one page at a time: order is worth more than parallelism here. A page that keeps
/// failing ends in the error queue, the next one shows the gap, and it is asked for again.
/// </summary>
internal sealed class FeedConsumerDefinition<TFact> : ConsumerDefinition<FeedConsumer<TFact>>
    where TFact : Fact
{
    public FeedConsumerDefinition(FeedSubscriber<TFact> subscriber, IConfiguration configuration)
    {
        EndpointName = BusNames.FeedQueue(configuration, subscriber.Consumer, subscriber.Feed);
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<FeedConsumer<TFact>> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = 1;
        endpointConfigurator.UseMessageRetry(retry => retry.Intervals(100, 200, 500, 1000, 2000, 5000, 5000, 10000));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SingleActiveConsumer = true;
        }
    }
}
