using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Bus;
using Performance.Testing;

namespace Performance.ServiceDefaults.Feeds;

public sealed record NumberSaid(int Value);

public sealed record NoiseMade(string Sound);

public sealed record NumberHeard(int Value);

/// <summary>The fact of the feed under test.</summary>
public sealed record NumberFact(int Value) : Fact;

/// <summary>A producer and a consumer of a feed, each a host with a store of its own.</summary>
internal static class NumberFeed
{
    public static readonly Guid Heard = Guid.Parse("11111111-0000-0000-0000-000000000001");

    private static readonly Feed<NumberFact> Feed = new("numbers", [typeof(NumberSaid)], (events, _, _) =>
        ValueTask.FromResult<IReadOnlyList<NumberFact>>([.. events.Select(Fact)]));

    public static async Task<IHost> StartProducerAsync(TestPostgres postgres, TestRabbitMq rabbit)
    {
        var host = Build(postgres, rabbit, bus => bus.PublishesFeed<NumberFact>(), marten => marten.PublishFeed(Feed));
        return await StartAsync(host);
    }

    public static async Task<IHost> StartConsumerAsync(
        TestPostgres postgres, TestRabbitMq rabbit, Func<NumberFact, bool>? failOn = null)
    {
        var host = Build(
            postgres, rabbit, bus => bus.ConsumesFeed<NumberFact, Handler>("test", "numbers"), _ => { },
            services => services.AddSingleton(failOn ?? (_ => false)));
        return await StartAsync(host);
    }

    public static async Task SayAsync(this IHost producer, params int[] numbers)
    {
        await using var session = producer.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Events.StartStream(Guid.NewGuid(), numbers.Select(n => (object)new NumberSaid(n)));
        await session.SaveChangesAsync();
    }

    public static async Task<long> MakeNoiseAsync(this IHost producer)
    {
        var id = Guid.NewGuid();
        await using var session = producer.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Events.StartStream(id, new NoiseMade("hum"));
        await session.SaveChangesAsync();
        return (await session.Events.FetchStreamAsync(id))[0].Sequence;
    }

    public static async Task<IReadOnlyList<int>> HeardAsync(this IHost consumer)
    {
        await using var session = consumer.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return [.. (await session.Events.FetchStreamAsync(Heard)).Select(e => ((NumberHeard)e.Data).Value)];
    }

    private static NumberFact Fact(IEvent e) => new(((NumberSaid)e.Data).Value)
    {
        EventId = e.Id, Sequence = e.Sequence, OccurredAt = e.Timestamp, RecordedAt = e.Timestamp
    };

    private static IHost Build(
        TestPostgres postgres,
        TestRabbitMq rabbit,
        Action<MassTransit.IBusRegistrationConfigurator> bus,
        Action<MartenServiceCollectionExtensions.MartenConfigurationExpression> marten,
        Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(rabbit.Settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(postgres.ConnectionString));
        var configured = builder.Services.AddMarten(options =>
            {
                options.Connection(postgres.ConnectionString);
                options.Events.MapEventType<NumberSaid>("number_said");
                options.Events.MapEventType<NoiseMade>("noise_made");
                options.Events.MapEventType<NumberHeard>("number_heard");
            })
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup()
            .AddAsyncDaemon(DaemonMode.HotCold);
        marten(configured);
        services?.Invoke(builder.Services);
        builder.AddBus(bus);
        return builder.Build();
    }

    private static async Task<IHost> StartAsync(IHost host)
    {
        await host.CreateFeedTablesAsync();
        await host.StartAsync();
        return host;
    }

    private sealed class Handler(Func<NumberFact, bool> failOn) : IFeedHandler<NumberFact>
    {
        public Task HandleAsync(IReadOnlyList<NumberFact> facts, IDocumentSession session, CancellationToken cancel)
        {
            foreach (var fact in facts)
            {
                session.Events.Append(Heard, new NumberHeard(fact.Value));
                if (failOn(fact))
                {
                    throw new InvalidOperationException($"No luck with {fact.Value}.");
                }
            }

            return Task.CompletedTask;
        }
    }
}
