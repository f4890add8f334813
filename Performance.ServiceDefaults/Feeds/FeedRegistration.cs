using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>How a service says which feeds it publishes and takes in.</summary>
public static class FeedRegistration
{
    /// <summary>Publishes a feed of this Marten store; it needs the async daemon and an NpgsqlDataSource.</summary>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression PublishFeed<TFact>(
        this MartenServiceCollectionExtensions.MartenConfigurationExpression marten, Feed<TFact> feed)
        where TFact : Fact
    {
        marten.Services.AddSingleton(feed);
        marten.Services.AddSingleton<FeedPublisher<TFact>>();
        marten.Services.AddHostedService<FeedHeartbeat<TFact>>();
        return marten.AddSubscriptionWithServices<FeedSubscription<TFact>>(ServiceLifetime.Singleton);
    }

    /// <summary>Answers requests to send a published feed again.</summary>
    public static void PublishesFeed<TFact>(this IBusRegistrationConfigurator bus)
        where TFact : Fact =>
        bus.AddConsumer<FeedReplayConsumer<TFact>, FeedReplayConsumerDefinition<TFact>>();

    /// <summary>Takes a feed in.</summary>
    /// <param name="bus">The service's bus.</param>
    /// <param name="consumer">The service's short name; part of the queue's name.</param>
    /// <param name="feed">The feed's name.</param>
    public static void ConsumesFeed<TFact, THandler>(
        this IBusRegistrationConfigurator bus, string consumer, string feed)
        where TFact : Fact
        where THandler : class, IFeedHandler<TFact>
    {
        bus.AddSingleton(new FeedSubscriber<TFact>(consumer, feed));
        bus.AddSingleton<FeedProgress<TFact>>();
        bus.TryAddSingleton<FeedCursors>();
        bus.AddScoped<IFeedHandler<TFact>, THandler>();
        bus.AddConsumer<FeedConsumer<TFact>, FeedConsumerDefinition<TFact>>();
    }

    /// <summary>Creates the tables that feeds need; called once before the host starts.</summary>
    public static async Task CreateFeedTablesAsync(this IHost host, CancellationToken cancel = default)
    {
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        await FeedHead.CreateTablesAsync(database, cancel);
        await FeedCursors.CreateTableAsync(database, cancel);
        await Commands.CommandLog.CreateTableAsync(database, cancel);
        await Directory.AgentDirectory.CreateTableAsync(database, cancel);
    }
}
