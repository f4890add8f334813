using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>What architecture.md promises of feeds: exactly once in effect, in order, whatever is lost on the
/// way.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private readonly TestRabbitMq rabbit = new();
    private readonly List<IHost> hosts = [];
    private TestPostgres producerStore = null!;
    private TestPostgres consumerStore = null!;

    public async Task InitializeAsync()
    {
        producerStore = await TestPostgres.CreateAsync();
        consumerStore = await TestPostgres.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await producerStore.DisposeAsync();
        await consumerStore.DisposeAsync();
    }

    [Fact]
    public async Task What_was_published_before_the_consumer_existed_is_sent_again_and_then_goes_on_in_order()
    {
        var producer = await ProducerAsync();
        await producer.SayAsync([.. Enumerable.Range(1, 1200)]);
        await Eventually.Async(async () => await PublishedAsync() == 1200);

        var consumer = await ConsumerAsync();
        await producer.SayAsync([.. Enumerable.Range(1201, 800)]);

        await HeardExactlyAsync(consumer, 2000);
    }

    [Fact]
    public async Task A_handler_that_fails_now_and_then_leaves_nothing_half_done()
    {
        var producer = await ProducerAsync();
        var tries = new Dictionary<int, int>();
        var consumer = await ConsumerAsync(fact =>
            fact.Value % 300 == 7 && (tries[fact.Value] = tries.GetValueOrDefault(fact.Value) + 1) <= 2);
        for (var page = 0; page < 10; page++)
        {
            await producer.SayAsync([.. Enumerable.Range((page * 100) + 1, 100)]);
        }

        await HeardExactlyAsync(consumer, 1000);
        Assert.Equal([7, 307, 607, 907], tries.Keys);
        Assert.All(tries.Values, times => Assert.True(times >= 3));
    }

    [Fact]
    public async Task A_page_that_comes_twice_changes_nothing()
    {
        var producer = await ProducerAsync();
        var consumer = await ConsumerAsync();
        await producer.SayAsync(1, 2, 3);
        await HeardExactlyAsync(consumer, 3);

        var epoch = await producerStore.ScalarAsync<Guid>("select epoch from feed_epoch");
        var again = Enumerable.Range(1, 3).Select(n => new NumberFact(n)
        {
            EventId = Guid.NewGuid(), Sequence = n, OccurredAt = default, RecordedAt = default
        });
        await producer.Services.GetRequiredService<IBus>()
            .Publish(new FeedPage<NumberFact>("numbers", epoch, 0, 3, [.. again]));
        await producer.SayAsync(4);

        await HeardExactlyAsync(consumer, 4);
    }

    [Fact]
    public async Task A_page_from_behind_a_gap_is_not_taken_in_before_what_is_missing()
    {
        var producer = await ProducerAsync();
        var consumer = await ConsumerAsync();
        await producer.SayAsync(1);
        await HeardExactlyAsync(consumer, 1);

        // The broker loses everything that is published while the queue is not bound.
        await consumer.StopAsync();
        await DeleteQueueAsync();
        await producer.SayAsync(2, 3);
        await Eventually.Async(async () => await PublishedAsync() == 3);

        var successor = await ConsumerAsync();
        await producer.SayAsync(4);

        await HeardExactlyAsync(successor, 4);
    }

    [Fact]
    public async Task Events_that_are_no_facts_move_the_position_too()
    {
        var producer = await ProducerAsync();
        var consumer = await ConsumerAsync();
        await producer.SayAsync(1);

        var position = await producer.MakeNoiseAsync();

        var cursors = consumer.Services.GetRequiredService<FeedCursors>();
        await Eventually.Async(async () => await cursors.PositionAsync("numbers", default) >= position);
    }

    private static async Task HeardExactlyAsync(IHost consumer, int count)
    {
        await Eventually.Async(async () => (await consumer.HeardAsync()).Count >= count, TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(1, count), await consumer.HeardAsync());
    }

    private async Task<IHost> ProducerAsync()
    {
        var host = await NumberFeed.StartProducerAsync(producerStore, rabbit);
        hosts.Add(host);
        return host;
    }

    private async Task<IHost> ConsumerAsync(Func<NumberFact, bool>? failOn = null)
    {
        var host = await NumberFeed.StartConsumerAsync(consumerStore, rabbit, failOn);
        hosts.Add(host);
        return host;
    }

    private Task<long> PublishedAsync() =>
        producerStore.ScalarAsync<long>("select published from feed_head where feed = 'numbers'")!;

    private async Task DeleteQueueAsync()
    {
        var factory = new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(TestRabbitMq.Uri) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync($"{rabbit.Prefix}-test-numbers-feed", false, false);
    }
}
