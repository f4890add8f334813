using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten.Exceptions;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public sealed class Concurrency(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task of_many_writers_exactly_one_wins_each_version(bool inline)
    {
        await using var store = database.Store(options =>
        {
            if (inline)
                options.Projections.Snapshot<Account>(SnapshotLifecycle.Inline);
        });
        var id = Guid.NewGuid();
        await using (var first = store.LightweightSession())
        {
            first.Events.StartStream<Account>(id, new AccountOpened("Ann", 0));
            await first.SaveChangesAsync();
        }
        const int Versions = 12;
        var wins = await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            var won = 0;
            for (var version = 1L; version <= Versions; version++)
            {
                try
                {
                    await using var session = store.LightweightSession();
                    session.Events.Append(id, version + 1, new MoneyPaid(1, $"{writer}"));
                    await session.SaveChangesAsync();
                    won++;
                }
                catch (EventStreamUnexpectedMaxEventIdException e)
                {
                    Assert.Equal(id, e.Id);
                }
            }
            return won;
        }));
        await using var query = store.QuerySession();
        var events = await query.Events.FetchStreamAsync(id);
        Assert.Equal(wins.Sum() + 1, events.Count);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(v => (long)v), events.Select(e => e.Version));
        await using var reader = store.LightweightSession();
        Assert.Equal(wins.Sum(), (await reader.Events.FetchLatest<Account>(id))!.Balance);
    }

    [Fact]
    public async Task appends_without_an_expected_version_all_succeed()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 10; i++)
            {
                await using var session = store.LightweightSession();
                session.Events.Append(id, new MoneyPaid(1, $"{writer}"), new MoneyTaken(1, $"{writer}"));
                await session.SaveChangesAsync();
            }
        }));
        await using var query = store.QuerySession();
        var events = await query.Events.FetchStreamAsync(id);
        Assert.Equal(Enumerable.Range(1, 160).Select(v => (long)v), events.Select(e => e.Version));
        Assert.Equal(events.Select(e => e.Sequence).Order(), events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task starting_an_existing_stream_is_refused_and_changes_nothing()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(id, new AccountOpened("Ann", 0));
        await session.SaveChangesAsync();
        await using var second = store.LightweightSession();
        second.Events.StartStream<Account>(Guid.NewGuid(), new AccountOpened("Cid", 0));
        second.Events.StartStream<Account>(id, new AccountOpened("Bob", 0));
        var refused = await Assert.ThrowsAsync<ExistingStreamIdCollisionException>(() => second.SaveChangesAsync());
        Assert.Equal(id, refused.Id);
        Assert.Equal(1, await store.ScalarAsync<long>("select count(*) from {s}.mt_streams"));
    }

    [Fact]
    public async Task a_refused_append_draws_no_number()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(id, new AccountOpened("Ann", 0));
        await session.SaveChangesAsync();
        session.Events.Append(id, 5, new MoneyPaid(1, "a"));
        var refused = await Assert.ThrowsAsync<EventStreamUnexpectedMaxEventIdException>(
            () => session.SaveChangesAsync());
        Assert.Contains("expected 4 but was 1", refused.Message);
        Assert.Equal(1, await store.ScalarAsync<long>("select last_value from {s}.mt_events_sequence"));
    }

    [Fact]
    public async Task what_was_fetched_for_writing_is_saved_only_if_nobody_came_between()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await using var one = store.LightweightSession();
        await using var two = store.LightweightSession();
        var stream = await one.Events.FetchForWriting<Account>(id);
        Assert.Null(stream.Aggregate);
        stream.AppendOne(new AccountOpened("Ann", 1));
        await one.SaveChangesAsync();

        var mine = await one.Events.FetchForWriting<Account>(id, 1);
        var yours = await two.Events.FetchForWriting<Account>(id);
        Assert.Equal(1, yours.Aggregate!.Balance);
        mine.AppendMany(new MoneyPaid(1, "a"), new MoneyPaid(1, "b"));
        yours.AppendOne(new MoneyPaid(7, "c"));
        await one.SaveChangesAsync();
        await Assert.ThrowsAnyAsync<ConcurrencyException>(() => two.SaveChangesAsync());
        await Assert.ThrowsAnyAsync<ConcurrencyException>(() => two.Events.FetchForWriting<Account>(id, 2));
    }

    [Fact]
    public async Task consistency_is_enforced_even_where_nothing_is_appended()
    {
        await using var store = database.Store();
        var (read, written) = (Guid.NewGuid(), Guid.NewGuid());
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(read, new AccountOpened("Ann", 1));
        await session.SaveChangesAsync();
        var stream = await session.Events.FetchForWriting<Account>(read);
        stream.AlwaysEnforceConsistency = true;
        session.Events.StartStream<Account>(written, new AccountOpened("Bob", 1));
        await using (var other = store.LightweightSession())
        {
            other.Events.Append(read, new MoneyPaid(1, "a"));
            await other.SaveChangesAsync();
        }
        await Assert.ThrowsAnyAsync<ConcurrencyException>(() => session.SaveChangesAsync());
        Assert.Null(await store.QuerySession().Events.FetchStreamStateAsync(written));
    }

    [Fact]
    public async Task an_exclusive_writer_makes_others_wait_for_its_save()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await using var one = store.LightweightSession();
        one.Events.StartStream<Account>(id, new AccountOpened("Ann", 1));
        await one.SaveChangesAsync();
        await one.Events.AppendExclusive(id, new MoneyPaid(1, "a"));
        await using var two = store.LightweightSession();
        var waiting = two.Events.AppendExclusive(id, new MoneyPaid(2, "b"));
        await one.SaveChangesAsync();
        await waiting;
        await two.SaveChangesAsync();
        Assert.Equal(3, (await two.Events.FetchStreamStateAsync(id))!.Version);
    }

    [Fact]
    public async Task an_archived_stream_takes_no_more_events_and_is_not_projected()
    {
        await using var store = database.Store();
        var id = Guid.NewGuid();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Account>(id, new AccountOpened("Ann", 1));
        await session.SaveChangesAsync();
        session.Events.ArchiveStream(id);
        await session.SaveChangesAsync();
        Assert.True((await session.Events.FetchStreamStateAsync(id))!.IsArchived);
        session.Events.Append(id, new MoneyPaid(1, "a"));
        await Assert.ThrowsAsync<InvalidStreamOperationException>(() => session.SaveChangesAsync());
    }

    [Fact]
    public async Task documents_with_optimistic_concurrency_refuse_stale_writers()
    {
        await using var store = database.Store(o => o.Schema.For<Payment>().UseOptimisticConcurrency(true));
        var id = Guid.NewGuid();
        await using var one = store.LightweightSession();
        one.Store(new Payment(id, 1, "a"));
        await one.SaveChangesAsync();
        await using var two = store.LightweightSession();
        var mine = await one.LoadAsync<Payment>(id);
        var yours = await two.LoadAsync<Payment>(id);
        one.Store(mine! with { Amount = 2 });
        await one.SaveChangesAsync();
        two.Store(yours! with { Amount = 3 });
        await Assert.ThrowsAsync<ConcurrencyException>(() => two.SaveChangesAsync());
        one.Store(mine! with { Amount = 4 });
        await one.SaveChangesAsync();
        Assert.Equal(4, (await store.QuerySession().LoadAsync<Payment>(id))!.Amount);
    }

    [Fact]
    public async Task inserts_and_updates_say_what_was_wrong()
    {
        await using var store = database.Store();
        var payment = new Payment(Guid.NewGuid(), 1, "a");
        await using var session = store.LightweightSession();
        session.Insert(payment);
        await session.SaveChangesAsync();
        session.Insert(payment);
        var twice = await Assert.ThrowsAsync<DocumentAlreadyExistsException>(() => session.SaveChangesAsync());
        Assert.Equal(payment.Id, twice.Id);
        session.EjectAllPendingChanges();
        session.Update(payment with { Id = Guid.NewGuid() });
        await Assert.ThrowsAsync<NonExistentDocumentException>(() => session.SaveChangesAsync());
        session.EjectAllPendingChanges();
        session.Update(payment with { Amount = 9 });
        await session.SaveChangesAsync();
        Assert.Equal(9, (await session.LoadAsync<Payment>(payment.Id))!.Amount);
    }
}
