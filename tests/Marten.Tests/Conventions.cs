using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;


public sealed class Conventions(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData(ProjectionLifecycle.Inline)]
    [InlineData(ProjectionLifecycle.Async)]
    [InlineData(ProjectionLifecycle.Live)]
    public async Task one_method_may_do_it_all_and_take_metadata(ProjectionLifecycle lifecycle)
    {
        await using var store = database.Store(o =>
        {
            o.Projections.Add<BalanceProjection>(lifecycle);
            o.Events.MetadataConfig.CorrelationIdEnabled = true;
        });
        using var daemon = await store.StartDaemonAsync();
        await using var session = store.LightweightSession();
        session.CorrelationId = "me";
        var (open, closed) = (Guid.NewGuid(), Guid.NewGuid());
        session.Events.StartStream<Balance>(open, new AccountOpened("Ann", 1), new MoneyPaid(2, "a"));
        session.Events.StartStream<Balance>(closed, new AccountOpened("Bob", 1), new AccountClosed());
        await session.SaveChangesAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(new Balance(open, 3, "me"), await session.Events.FetchLatest<Balance>(open));
        Assert.Null(await session.Events.FetchLatest<Balance>(closed));
        if (lifecycle != ProjectionLifecycle.Live)
            Assert.Equal(new Balance(open, 3, "me"), await session.LoadAsync<Balance>(open));
        var stream = await session.Events.FetchForWriting<Balance>(open);
        stream.AppendOne(new MoneyPaid(4, "a"));
        await session.SaveChangesAsync();
        Assert.Equal(7, (await session.Events.FetchLatest<Balance>(open))!.Amount);
    }

    [Fact]
    public async Task side_effects_are_appended_with_the_document_and_deletion_is_asked_before_the_event()
    {
        await using var store = database.Store(o => o.Projections.Add<WatchProjection>(ProjectionLifecycle.Async));
        using var daemon = await store.StartDaemonAsync();
        await using var session = store.LightweightSession();
        var (deep, paid) = (Guid.NewGuid(), Guid.NewGuid());
        session.Events.StartStream(deep, new MoneyTaken(20, "a"));
        session.Events.StartStream(paid, new MoneyTaken(5, "a"), new MoneyPaid(5, "a"));
        await session.SaveChangesAsync();
        await daemon.Tracker.WaitForShardState("Watch:All", 4, TestStoreExtensions.Patience);
        var events = await session.Events.FetchStreamAsync(deep);
        Assert.Equal(new Overdrawn(-20), events[1].Data);
        Assert.Equal(1, (await session.LoadAsync<Watch>(deep))!.Warnings);
        Assert.Null(await session.LoadAsync<Watch>(paid));
        await daemon.RebuildProjectionAsync<Watch>(CancellationToken.None);
        Assert.Equal(2, (await session.Events.FetchStreamAsync(deep)).Count);
    }

    [Fact]
    public async Task events_fan_out_and_are_grouped_by_hand()
    {
        await using var store = database.Store(o => o.Projections.Add<WordProjection>(ProjectionLifecycle.Async));
        using var daemon = await store.StartDaemonAsync();
        await using var session = store.LightweightSession();
        session.Events.StartStream(Guid.NewGuid(), new Basket(["a", "b", "a"]), new MoneyPaid(1, "b"));
        await session.SaveChangesAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(new WordCount("a", 2, 1), await session.LoadAsync<WordCount>("a"));
        Assert.Equal(new WordCount("b", 101, 1), await session.LoadAsync<WordCount>("b"));
    }

    [Fact]
    public async Task projections_and_subscriptions_may_have_services()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddScoped<Names>().AddSingleton<Log>();
        builder.Services.AddMarten(options =>
            {
                options.Connection(database.ConnectionString);
                options.DatabaseSchemaName = $"s{Guid.NewGuid():N}";
            })
            .UseIdentitySessions()
            .ApplyAllDatabaseChangesOnStartup()
            .AddAsyncDaemon(DaemonMode.Solo)
            .AddProjectionWithServices<NamedProjection>(ProjectionLifecycle.Inline, ServiceLifetime.Scoped)
            .AddProjectionWithServices<GroupedTotals>(ProjectionLifecycle.Async, ServiceLifetime.Scoped, "Totals")
            .AddSubscriptionWithServices<Recorder>(ServiceLifetime.Scoped, o => o.Name = "Records");
        using var host = builder.Build();
        await host.StartAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
            var id = session.Events.StartStream(new AccountOpened("Ann", 1), new MoneyPaid(2, "food")).Id;
            await session.SaveChangesAsync();
            Assert.Equal("n:Ann", (await session.LoadAsync<Payment>(id))!.Category);
            await Marten.Events.TestingExtensions.WaitForNonStaleProjectionDataAsync(
                host, TestStoreExtensions.Patience);
            Assert.Equal(2, (await session.LoadAsync<CategoryTotal>("food"))!.Count);
        }
        Assert.Equal(["n:1", "n:2"], host.Services.GetRequiredService<Log>().Lines);
        var store = host.DocumentStore();
        var progress = await store.Advanced.AllProjectionProgress();
        Assert.Contains(progress, p => p is { ShardName: "Totals:All", Sequence: 2 });
        Assert.Contains(progress, p => p is { ShardName: "Records:All", Sequence: 2 });
        await host.StopAsync();
    }

    [Fact]
    public void a_public_method_that_no_convention_knows_is_refused()
    {
        var refused = Assert.Throws<InvalidProjectionException>(
            () => database.Store(o => o.Projections.Add<Misspelt>(ProjectionLifecycle.Async)));
        Assert.Contains("Aply", refused.Message);
    }

    public sealed partial class Misspelt : SingleStreamProjection<Statement, Guid>
    {
        public void Apply(MoneyPaid paid, Statement statement) => statement.Lines.Add("");

        public void Aply(MoneyTaken taken, Statement statement) => statement.Lines.Add("");
    }
}

public sealed partial class GroupedTotals : MultiStreamProjection<CategoryTotal, string>
{
    private readonly Names _names;

    public GroupedTotals(Names names)
    {
        _names = names;
        Identity<MoneyPaid>(e => e.Category);
    }

    public CategoryTotal Create(MoneyPaid paid) => new(paid.Category, paid.Amount, 0, _names.Prefix.Length);
}
