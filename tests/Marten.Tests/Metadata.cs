using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Services;
using Npgsql;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public sealed class Metadata(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task correlation_causation_user_and_headers_are_kept_with_every_event()
    {
        await using var store = database.Store(o => o.Events.MetadataConfig.EnableAll());
        var id = Guid.NewGuid();
        await using var session = store.LightweightSession();
        session.CorrelationId = "corr";
        session.CausationId = "cause";
        session.LastModifiedBy = "ann";
        session.SetHeader("channel", "web");
        var own = new Event<MoneyPaid>(new(2, "b")) { CausationId = "mine" };
        own.SetHeader("rank", 7);
        session.Events.StartStream(id, new MoneyPaid(1, "a"), own);
        await session.SaveChangesAsync();
        var events = await session.Events.FetchStreamAsync(id);
        Assert.All(events, e => Assert.Equal(("corr", "ann", "web"),
            (e.CorrelationId, e.UserName, e.GetHeader("channel"))));
        Assert.Equal(["cause", "mine"], events.Select(e => e.CausationId));
        Assert.Equal(7L, events[1].GetHeader("rank"));
        Assert.Equal(1, await session.Events.QueryAllRawEvents().CountAsync(e => e.CausationId == "mine"));
    }

    [Fact]
    public async Task metadata_that_is_switched_off_has_no_columns()
    {
        await using var store = database.Store();
        await using var session = store.LightweightSession();
        session.CorrelationId = "corr";
        session.Events.StartStream(Guid.NewGuid(), new MoneyPaid(1, "a"));
        await session.SaveChangesAsync();
        Assert.Equal(0, await store.ScalarAsync<long>("""
            select count(*) from information_schema.columns where table_schema = '{s}' and table_name = 'mt_events'
            and column_name in ('correlation_id', 'causation_id', 'headers', 'user_name')
            """));
    }

    [Fact]
    public async Task an_event_wrapped_by_hand_keeps_its_id_and_timestamp()
    {
        await using var store = database.Store();
        var (stream, id) = (Guid.NewGuid(), Guid.NewGuid());
        var then = new DateTimeOffset(2020, 2, 2, 2, 2, 2, TimeSpan.FromHours(2));
        await using var session = store.LightweightSession();
        session.Events.Append(stream, new Event<MoneyPaid>(new(1, "a")) { Id = id, Timestamp = then });
        await session.SaveChangesAsync();
        var loaded = await session.Events.LoadAsync<MoneyPaid>(id);
        Assert.Equal((stream, 1L, 1L, then), (loaded!.StreamId, loaded.Version, loaded.Sequence, loaded.Timestamp));
        Assert.Null(await session.Events.LoadAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task an_event_is_the_same_in_memory_and_after_it_was_stored()
    {
        await using var store = database.Store();
        await using var session = store.LightweightSession();
        var stream = session.Events.StartStream<Account>(new AccountOpened("Ann", 1.10m), new MoneyPaid(2, "a"));
        await session.SaveChangesAsync();
        var read = await session.Events.FetchStreamAsync(stream.Id);
        Assert.Equal(stream.Events.Select(e => (e.Id, e.Version, e.Sequence, e.Timestamp, e.EventTypeName)),
            read.Select(e => (e.Id, e.Version, e.Sequence, e.Timestamp, e.EventTypeName)));
        Assert.Equal(2, stream.Version);
    }

    [Fact]
    public async Task streams_may_be_named_by_strings()
    {
        await using var store = database.Store(o => o.Events.StreamIdentity = StreamIdentity.AsString);
        await using var session = store.LightweightSession();
        session.Events.StartStream("acc-1", new AccountOpened("Ann", 1), new MoneyPaid(2, "a"));
        await session.SaveChangesAsync();
        session.Events.Append("acc-1", 3, new MoneyPaid(3, "b"));
        session.Events.Append("acc-2", new MoneyPaid(4, "b"));
        await session.SaveChangesAsync();
        var events = await session.Events.FetchStreamAsync("acc-1", fromVersion: 2);
        Assert.Equal(["acc-1", "acc-1"], events.Select(e => e.StreamKey));
        Assert.Equal(3, (await session.Events.FetchStreamStateAsync("acc-1"))!.Version);
        session.Events.Append("acc-1", 3, new MoneyPaid(3, "b"));
        await Assert.ThrowsAsync<EventStreamUnexpectedMaxEventIdException>(() => session.SaveChangesAsync());
        Assert.Throws<InvalidOperationException>(() => session.Events.Append(Guid.NewGuid(), new MoneyPaid(1, "a")));
    }

    [Fact]
    public async Task the_past_is_aggregated_up_to_a_version_or_an_instant()
    {
        var clock = new Clock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var store = database.Store(o => o.Events.TimeProvider = clock);
        var id = Guid.NewGuid();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(id, new AccountOpened("Ann", 1));
        await session.SaveChangesAsync();
        clock.Now += TimeSpan.FromDays(1);
        session.Events.Append(id, new MoneyPaid(2, "a"));
        await session.SaveChangesAsync();
        clock.Now += TimeSpan.FromDays(1);
        session.Events.Append(id, new AccountClosed());
        await session.SaveChangesAsync();
        var first = await session.Events.AggregateStreamAsync<Account>(id, timestamp: clock.Now.AddDays(-2));
        Assert.Equal(1, first!.Balance);
        Assert.Equal(3, (await session.Events.AggregateStreamAsync<Account>(id, version: 2))!.Balance);
        Assert.Null(await session.Events.AggregateStreamAsync<Account>(id));
        Assert.Equal(3, (await session.Events.AggregateStreamToLastKnownAsync<Account>(id))!.Balance);
    }

    [Fact]
    public async Task a_session_in_the_callers_transaction_commits_with_it()
    {
        await using var store = database.Store(o => o.Projections.Snapshot<Account>(SnapshotLifecycle.Inline));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var (kept, dropped) = (Guid.NewGuid(), Guid.NewGuid());
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        foreach (var id in new[] { dropped, kept })
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
            session.Events.StartStream<Account>(id, new AccountOpened("Ann", 1));
            session.QueueSqlCommand("select pg_notify(?, ?)", "a_channel", "x");
            await session.SaveChangesAsync();
            Assert.NotNull(await session.LoadAsync<Account>(id));
            if (id == kept)
                await transaction.CommitAsync();
            else
                await transaction.RollbackAsync();
        }
        await using var query = store.QuerySession();
        Assert.Null(await query.Events.FetchStreamStateAsync(dropped));
        Assert.Null(await query.LoadAsync<Account>(dropped));
        Assert.Equal(1, (await query.LoadAsync<Account>(kept))!.Balance);
    }

    [Fact]
    public async Task sql_commands_take_all_kinds_of_parameters()
    {
        await using var store = database.Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var schema = store.Options.DatabaseSchemaName;
        await using var session = store.LightweightSession();
        session.QueueSqlCommand(
            $"create table {schema}.odd (t text, u uuid, z timestamptz, i int, b boolean, a uuid[], j jsonb)");
        session.QueueSqlCommand($"insert into {schema}.odd values (?, ?, ?, ?, ?, ?, ?::jsonb)", "text", Guid.NewGuid(),
            DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(1)), 1, true, new[] { Guid.NewGuid() }, "{}");
        session.QueueSqlCommand('^',
            $"insert into {schema}.odd (t, i) select ^, ^ where not '{{}}'::jsonb ? 'x'", null!, 2);
        await session.SaveChangesAsync();
        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from {s}.odd"));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
