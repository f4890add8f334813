using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public sealed class Sessions(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task a_started_stream_is_read_back_with_its_metadata()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await using (var session = store.LightweightSession())
        {
            session.Events.StartStream<Account>(id, new AccountOpened("Ann", 5), new MoneyPaid(10, "food"));
            await session.SaveChangesAsync();
            session.Events.Append(id, new MoneyTaken(3, "fun"));
            await session.SaveChangesAsync();
        }
        await using var query = store.QuerySession();
        var events = await query.Events.FetchStreamAsync(id);
        Assert.Equal([1L, 2, 3], events.Select(e => e.Version));
        Assert.Equal([1L, 2, 3], events.Select(e => e.Sequence));
        Assert.Equal(new MoneyTaken(3, "fun"), events[2].Data);
        Assert.Equal("money_taken", events[2].EventTypeName);
        var state = await query.Events.FetchStreamStateAsync(id);
        Assert.Equal(3, state!.Version);
        var account = await query.Events.AggregateStreamAsync<Account>(id);
        Assert.Equal(12, account!.Balance);
        Assert.Equal(3, account.Version);
        Assert.Equal(15, (await query.Events.AggregateStreamAsync<Account>(id, version: 2))!.Balance);
    }

    [Fact]
    public async Task documents_are_stored_loaded_queried_and_deleted()
    {
        await using var store = database.Store();
        await using var session = store.LightweightSession();
        session.Store(new CategoryTotal("food", 1, 2, 3), new CategoryTotal("fun", 4, 5, 6));
        await session.SaveChangesAsync();
        Assert.Equal(2, (await session.LoadAsync<CategoryTotal>("food"))!.Out);
        var found = await session.Query<CategoryTotal>().Where(c => c.In > 1 && c.Id != "x").ToListAsync();
        Assert.Equal("fun", Assert.Single(found).Id);
        session.Delete<CategoryTotal>("food");
        await session.SaveChangesAsync();
        Assert.Equal(1, await session.Query<CategoryTotal>().CountAsync());
    }

    [Fact]
    public async Task all_kinds_of_projections_catch_up_with_what_was_appended()
    {
        await using var store = database.Store(options =>
        {
            options.Projections.Snapshot<Account>(SnapshotLifecycle.Inline);
            options.Projections.Add<StatementProjection>(ProjectionLifecycle.Async);
            options.Projections.Add<CategoryProjection>(ProjectionLifecycle.Async);
            options.Projections.Add<PaymentProjection>(ProjectionLifecycle.Async);
        });
        using var daemon = await store.StartDaemonAsync();
        var id = Guid.NewGuid();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(id, new AccountOpened("Ann", 5), new MoneyPaid(10, "food"));
        await session.SaveChangesAsync();
        session.Events.Append(id, new MoneyTaken(3, "food"));
        await session.SaveChangesAsync();
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        Assert.Equal(12, (await session.LoadAsync<Account>(id))!.Balance);
        Assert.Equal(["+10", "-3"], (await session.LoadAsync<Statement>(id))!.Lines);
        Assert.Equal(new CategoryTotal("food", 10, 3, 2), await session.LoadAsync<CategoryTotal>("food"));
        Assert.Equal(1, await session.Query<Payment>().CountAsync());
        await store.WaitForNonStaleAsync();
        await daemon.RebuildProjectionAsync<CategoryTotal>(CancellationToken.None);
        Assert.Equal(new CategoryTotal("food", 10, 3, 2), await session.LoadAsync<CategoryTotal>("food"));
    }

    [Fact]
    public async Task what_own_statements_leave_in_a_connection_does_not_reach_the_next_session()
    {
        await using var store = database.Store();
        await using (var session = store.LightweightSession())
        {
            await session.QueryAsync<int>("select 1 from pg_advisory_lock(4711)");
            session.QueueSqlCommand("set application_name = 'somebody'");
            await session.SaveChangesAsync();
        }
        await using var next = store.QuerySession();
        Assert.Equal(0, (await next.QueryAsync<long>("select count(*) from pg_locks where objid = 4711"))[0]);
        Assert.NotEqual("somebody", (await next.QueryAsync<string>("select current_setting('application_name')"))[0]);
    }

    [Fact]
    public async Task a_document_type_that_turns_up_late_gets_its_table()
    {
        await using var store = database.Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = store.IdentitySession();
        session.Store(new Payment(Guid.Empty, 1, "a"), new Payment(Guid.Empty, 2, "b"));
        await session.SaveChangesAsync();
        var all = await session.Query<Payment>().OrderBy(p => p.Amount).ToListAsync();
        Assert.Equal(2, all.Select(p => p.Id).Where(id => id != Guid.Empty).Distinct().Count());
        Assert.Same(all[0], await session.LoadAsync<Payment>(all[0].Id));
    }

    [Fact]
    public async Task a_reset_store_is_followed_from_its_beginning()
    {
        await using var store = database.Store(o => o.Projections.Add<CategoryProjection>(ProjectionLifecycle.Async));
        var daemon = await store.StartDaemonAsync();
        foreach (var count in new[] { 5, 2 })
        {
            await using var session = store.LightweightSession();
            for (var i = 0; i < count; i++)
                session.Events.StartStream(Guid.NewGuid(), new MoneyPaid(1, "food"));
            await session.SaveChangesAsync();
            await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
            Assert.Equal(count, (await session.LoadAsync<CategoryTotal>("food"))!.Count);
            await daemon.StopAllAsync();
            await store.Advanced.ResetAllData();
            await daemon.StartAllAsync();
        }
        daemon.Dispose();
    }
}
