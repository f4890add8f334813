using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Npgsql;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

/// <summary>Numbers are drawn before commits: a reader meets them out of order, and waits for those missing.</summary>
public sealed class LateCommits(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task an_event_whose_transaction_is_open_between_its_number_and_its_insert_is_not_skipped()
    {
        await using var store = Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        await using var late = await OpenAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await late.ExecuteAsync(Sql(store, "select nextval('{s}.mt_events_sequence')"));
        await AppendAsync(store, "food", 3);
        await ReadByTheDaemonAsync(daemon, store);
        Assert.Equal(0, daemon.HighWaterMark());

        await late.ExecuteAsync(Sql(store, Insert(1)));
        Assert.Equal(0, daemon.HighWaterMark());
        await transaction.CommitAsync();

        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(4, await CountAsync(store));
    }

    [Fact]
    public async Task an_event_whose_transaction_is_open_after_its_insert_is_not_skipped()
    {
        await using var store = Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        await AppendAsync(store, "food", 2);
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        await using var late = await OpenAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await using (var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction)))
        {
            session.Events.StartStream(Guid.NewGuid(), new MoneyPaid(1, "food"));
            await session.SaveChangesAsync();
        }
        await AppendAsync(store, "food", 3);
        await ReadByTheDaemonAsync(daemon, store);
        Assert.Equal(2, daemon.HighWaterMark());
        await transaction.CommitAsync();

        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(6, await CountAsync(store));
    }

    [Fact]
    public async Task a_number_that_was_rolled_back_holds_nothing_up_once_its_transaction_has_ended()
    {
        await using var store = Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        await using var late = await OpenAsync();
        await using (var transaction = await late.BeginTransactionAsync())
        {
            await late.ExecuteAsync(Sql(store, "select nextval('{s}.mt_events_sequence')"));
            await AppendAsync(store, "food", 3);
            await ReadByTheDaemonAsync(daemon, store);
            Assert.Equal(0, daemon.HighWaterMark());
            await transaction.RollbackAsync();
        }
        // Far less than the real store's time-out, on which nothing here depends.
        await daemon.Tracker.WaitForHighWaterMark(4, TestStoreExtensions.Patience);
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(3, await CountAsync(store));
    }

    [Fact]
    public async Task numbers_drawn_in_a_savepoint_that_was_rolled_back_are_waited_for_as_long_as_the_transaction()
    {
        await using var store = Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        await using var late = await OpenAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await transaction.SaveAsync("before");
        await late.ExecuteAsync(Sql(store, "select nextval('{s}.mt_events_sequence')"));
        await transaction.RollbackAsync("before");
        await AppendAsync(store, "food", 1);
        await ReadByTheDaemonAsync(daemon, store);
        Assert.Equal(0, daemon.HighWaterMark());
        await late.ExecuteAsync(Sql(store, Insert(1)));
        await transaction.CommitAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(2, await CountAsync(store));
    }

    [Fact]
    public async Task a_long_transaction_that_has_drawn_no_number_holds_nothing_up()
    {
        await using var store = Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        await using var reader = await OpenAsync();
        await using var transaction = await reader.BeginTransactionAsync();
        await reader.ExecuteAsync(Sql(store, "select count(*) from {s}.mt_events"));
        await using (var other = await OpenAsync())
            await other.ExecuteAsync(Sql(store, "select nextval('{s}.mt_events_sequence')"));
        await AppendAsync(store, "food", 1);
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(1, await CountAsync(store));
    }

    [Fact]
    public async Task where_writers_may_draw_numbers_beforehand_a_gap_is_waited_for_as_long_as_configured()
    {
        await using var store = Store(options =>
        {
            options.Events.AppendMode = EventAppendMode.Rich;
            options.Projections.StaleSequenceThreshold = TimeSpan.FromHours(1);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        await using var other = await OpenAsync();
        await other.ExecuteAsync(Sql(store, "select nextval('{s}.mt_events_sequence')"));
        await AppendAsync(store, "food", 1);
        await ReadByTheDaemonAsync(daemon, store);
        Assert.Equal(0, daemon.HighWaterMark());
        await other.ExecuteAsync(Sql(store, Insert(1)));
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(2, await CountAsync(store));
    }

    [Fact]
    public async Task no_event_is_lost_or_counted_twice_while_many_writers_commit_and_roll_back()
    {
        await using var store = Store(options => options.Events.UseListenNotifyForEventAppends = true);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.StartDaemonAsync();
        var written = await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            var random = new Random(writer);
            var count = 0;
            for (var i = 0; i < 60; i++)
            {
                await using var connection = await OpenAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await using var session = store.LightweightSession(
                    Marten.Services.SessionOptions.ForTransaction(transaction));
                var events = random.Next(1, 4);
                session.Events.StartStream(Guid.NewGuid(),
                    Enumerable.Range(0, events).Select(_ => (object)new MoneyPaid(1, "food")));
                await session.SaveChangesAsync();
                await Task.Yield();
                if (random.Next(4) == 0)
                {
                    await transaction.RollbackAsync();
                    continue;
                }
                await transaction.CommitAsync();
                count += events;
            }
            return count;
        }));
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(written.Sum(), await CountAsync(store));
    }

    private DocumentStore Store(Action<StoreOptions>? configure = null) => database.Store(options =>
    {
        options.Projections.Add<CategoryProjection>(ProjectionLifecycle.Async);
        options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(50);
        configure?.Invoke(options);
    });

    private static string Sql(DocumentStore store, string sql) => sql.Replace("{s}", store.Options.DatabaseSchemaName);

    private static string Insert(long number) => $$"""
        with s as (insert into {s}.mt_streams (id, version) values (gen_random_uuid(), 1) returning id)
        insert into {s}.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
        select {{number}}, gen_random_uuid(), s.id, 1, '{"Amount": 1, "Category": "food"}', 'money_paid', now() from s
        """;

    private static async Task AppendAsync(DocumentStore store, string category, int count)
    {
        await using var session = store.LightweightSession();
        for (var i = 0; i < count; i++)
            session.Events.StartStream(Guid.NewGuid(), new MoneyPaid(1, category));
        await session.SaveChangesAsync();
    }

    /// <summary>Lets the daemon read everything that is there twice, so that it has certainly met the gap.</summary>
    private static async Task ReadByTheDaemonAsync(IProjectionDaemon daemon, DocumentStore store)
    {
        var internals = (Marten.Internal.Daemon.ProjectionDaemon)daemon;
        await internals.PollAsync();
        await internals.PollAsync();
        Assert.True(await store.ScalarAsync<long>("select count(*) from {s}.mt_events") > 0);
    }

    private static async Task<int> CountAsync(DocumentStore store)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<CategoryTotal>("food"))?.Count ?? 0;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
