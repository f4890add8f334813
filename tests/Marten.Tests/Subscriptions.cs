using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Services;
using Marten.Subscriptions;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public sealed class Subscriptions(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task pages_are_contiguous_even_where_a_filter_drops_events()
    {
        var feed = new Feed();
        feed.IncludeType<MoneyTaken>();
        feed.Options.BatchSize = 3;
        await using var store = database.Store(o => o.Projections.Subscribe(feed));
        await AppendAsync(store, 20);
        using var daemon = await store.StartDaemonAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        await AppendAsync(store, 5);
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.All(feed.Events, e => Assert.IsType<MoneyTaken>(e.Data));
        Assert.Equal(25, feed.Events.Count);
        var floor = 0L;
        foreach (var (from, to, sequences) in feed.Pages)
        {
            Assert.Equal(floor, from);
            Assert.All(sequences, s => Assert.InRange(s, from + 1, to));
            floor = to;
        }
    }

    [Fact]
    public async Task after_a_crash_in_the_middle_of_a_page_it_goes_on_exactly_where_it_was()
    {
        var feed = new Feed { FailsAt = 31 };
        feed.Options.BatchSize = 10;
        await using var store = database.Store(o =>
        {
            o.Projections.Subscribe(feed);
            o.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(20);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        feed.Table = $"{store.Options.DatabaseSchemaName}.seen";
        await using (var session = store.LightweightSession())
        {
            session.QueueSqlCommand($"create table {feed.Table} (seq bigint primary key)");
            await session.SaveChangesAsync();
        }
        await AppendAsync(store, 40);
        using (var daemon = await store.StartDaemonAsync())
        {
            await daemon.Tracker.WaitForShardCondition(s => s.Action == ShardAction.Paused, "paused",
                TestStoreExtensions.Patience);
            Assert.Equal(30, await store.Advanced.ProjectionProgressFor(feed.ShardNames()[0]));
            Assert.Equal(30, await store.ScalarAsync<long>("select count(*) from {s}.seen"));
            Assert.True(daemon.HasAnyPaused());
        }
        feed.FailsAt = null;
        using (var daemon = await store.StartDaemonAsync())
            await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(80, await store.ScalarAsync<long>("select count(*) from {s}.seen"));
        Assert.Equal(80, await store.Advanced.ProjectionProgressFor(feed.ShardNames()[0]));
    }

    [Fact]
    public async Task a_listener_is_told_after_the_commit()
    {
        var feed = new Feed { Tell = true };
        await using var store = database.Store(o => o.Projections.Subscribe(feed));
        await AppendAsync(store, 2);
        using var daemon = await store.StartDaemonAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.True(feed.Told >= 1);
    }

    [Fact]
    public async Task a_subscription_may_start_from_the_present_or_from_a_number()
    {
        var (present, later) = (new Feed { Name = "Present" }, new Feed { Name = "Later", Version = 2 });
        present.Options.SubscribeFromPresent();
        later.Options.SubscribeFromSequence(3);
        await using var store = database.Store(o =>
        {
            o.Projections.Subscribe(present);
            o.Projections.Subscribe(later);
        });
        await AppendAsync(store, 4);
        using var daemon = await store.StartDaemonAsync();
        await AppendAsync(store, 1);
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal([9L, 10], present.Events.Select(e => e.Sequence));
        Assert.Equal(4, later.Events.First().Sequence);
        Assert.Equal("Later:V2:All", later.ShardNames()[0].Identity);
        await daemon.RewindSubscriptionAsync("Later", CancellationToken.None, 8);
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal([9L, 10], later.Events.TakeLast(2).Select(e => e.Sequence));
    }

    [Fact]
    public async Task an_event_that_cannot_be_applied_pauses_its_projection_and_no_other()
    {
        await using var store = database.Store(o =>
        {
            o.Projections.Add<BrokenProjection>(ProjectionLifecycle.Async);
            o.Projections.Add<CategoryProjection>(ProjectionLifecycle.Async);
            o.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(20);
        });
        await AppendAsync(store, 3);
        using var daemon = await store.StartDaemonAsync();
        var paused = await daemon.Tracker.WaitForShardCondition(s => s.Action == ShardAction.Paused, "paused",
            TestStoreExtensions.Patience);
        Assert.IsType<ApplyEventException>(paused.Exception);
        await daemon.Tracker.WaitForShardState("CategoryTotal:All", 6, TestStoreExtensions.Patience);
        Assert.Equal(0, await store.Advanced.ProjectionProgressFor(new ShardName("Broken")));
    }

    [Fact]
    public async Task where_skipping_is_allowed_a_bad_event_becomes_a_dead_letter()
    {
        await using var store = database.Store(o =>
        {
            o.Projections.Add<BrokenProjection>(ProjectionLifecycle.Async);
            o.Projections.Errors.SkipApplyErrors = true;
        });
        await AppendAsync(store, 3);
        using var daemon = await store.StartDaemonAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        await using var query = store.QuerySession();
        var letters = await query.Query<DeadLetterEvent>().ToListAsync();
        Assert.Equal([2L, 4, 6], letters.Select(l => l.EventSequence).Order());
        Assert.All(letters, l => Assert.Equal("Broken", l.ProjectionName));
    }

    private static async Task AppendAsync(DocumentStore store, int streams)
    {
        await using var session = store.LightweightSession();
        for (var i = 0; i < streams; i++)
            session.Events.StartStream(Guid.NewGuid(), new MoneyPaid(1, "a"), new MoneyTaken(1, "b"));
        await session.SaveChangesAsync();
    }

    private sealed class Feed : SubscriptionBase
    {
        private int _told;

        public long? FailsAt { get; set; }

        public string? Table { get; set; }

        public bool Tell { get; init; }

        public int Told => _told;

        public ConcurrentQueue<IEvent> Events { get; } = [];

        public ConcurrentQueue<(long Floor, long Ceiling, long[] Sequences)> Pages { get; } = [];

        public override Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller,
            IDocumentOperations operations, CancellationToken cancellationToken)
        {
            Pages.Enqueue((page.SequenceFloor, page.SequenceCeiling, [.. page.Events.Select(e => e.Sequence)]));
            foreach (var @event in page.Events)
            {
                Events.Enqueue(@event);
                if (Table is not null)
                    operations.QueueSqlCommand($"insert into {Table} values (?)", @event.Sequence);
                if (@event.Sequence >= FailsAt)
                    throw new InvalidOperationException("crash");
            }
            return Task.FromResult<IChangeListener>(Tell ? new Listener(this) : NullChangeListener.Instance);
        }

        private sealed class Listener(Feed feed) : IChangeListener
        {
            public Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
            {
                Interlocked.Increment(ref feed._told);
                return Task.CompletedTask;
            }

            public Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
                => Task.CompletedTask;
        }
    }
}
