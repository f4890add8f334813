using FsCheck;
using FsCheck.Fluent;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

/// <summary>A rebuilt projection is the same as one that followed the events, whatever the history was.</summary>
public sealed class Rebuilds(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Categories = ["a", "b", "c"];

    [Fact]
    public void rebuilding_gives_what_following_gave()
        => Prop.ForAll(Histories().ToArbitrary(), history => RebuildEqualsLiveAsync(history).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private async Task RebuildEqualsLiveAsync(List<List<Step>> history)
    {
        var schema = $"s{Guid.NewGuid():N}";
        await using var store = database.Store(o =>
        {
            o.Projections.Snapshot<Account>(SnapshotLifecycle.Async);
            o.Projections.Add<StatementProjection>(ProjectionLifecycle.Async, a => a.BatchSize = 3);
            o.Projections.Add<CategoryProjection>(ProjectionLifecycle.Async, a => a.BatchSize = 2);
            o.Projections.Add<PaymentProjection>(ProjectionLifecycle.Async);
            o.Projections.Add(new LedgerProjection(schema), ProjectionLifecycle.Async, "Ledger",
                a => a.DeleteDataInTableOnTeardown($"{schema}.ledger"));
        }, schema);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using (var session = store.LightweightSession())
        {
            session.QueueSqlCommand($"create table {schema}.ledger (account uuid primary key, total numeric)");
            await session.SaveChangesAsync();
        }
        using var daemon = await store.StartDaemonAsync();
        var streams = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToArray();
        var opened = new HashSet<int>();
        foreach (var save in history)
        {
            await using var session = store.LightweightSession();
            foreach (var step in save)
            {
                if (opened.Add(step.Stream))
                    session.Events.Append(streams[step.Stream], new AccountOpened($"{step.Stream}", step.Amount));
                session.Events.Append(streams[step.Stream], Event(step));
                if (step.Kind == 2)
                    session.Events.Append(streams[step.Stream], new AccountOpened("again", step.Amount));
            }
            await session.SaveChangesAsync();
        }
        await daemon.WaitForNonStaleData(TestStoreExtensions.Patience);
        var followed = await EverythingAsync(store, schema);
        await daemon.StopAllAsync();
        string[] names = ["Account", "Statement", "CategoryTotal", "Ledger", typeof(PaymentProjection).FullName!];
        foreach (var name in names)
            await daemon.RebuildProjectionAsync(name, CancellationToken.None);
        Assert.Equal(followed, await EverythingAsync(store, schema));
    }

    private static object Event(Step step) => step.Kind switch
    {
        0 => new MoneyPaid(step.Amount, Categories[step.Category]),
        1 => new MoneyTaken(step.Amount, Categories[step.Category]),
        _ => new AccountClosed(),
    };

    private static async Task<string> EverythingAsync(DocumentStore store, string schema)
    {
        await using var session = store.QuerySession();
        var rows = new List<string>();
        foreach (var table in new[] { "account", "statement", "categorytotal", "payment" })
        {
            rows.AddRange(await session.QueryAsync<string>($"""
                select '{table} ' || id || ' ' || data::text
                    || case '{table}' when 'payment' then '' else mt_version::text end
                from {schema}.mt_doc_{table} order by id
                """));
        }
        rows.AddRange(await session.QueryAsync<string>(
            $"select account || ' ' || total from {schema}.ledger order by account"));
        return string.Join("\n", rows);
    }

    private static Gen<List<List<Step>>> Histories()
    {
        var step = from stream in Gen.Choose(0, 3)
            from kind in Gen.Frequency((4, Gen.Constant(0)), (4, Gen.Constant(1)), (1, Gen.Constant(2)))
            from category in Gen.Choose(0, 2)
            from amount in Gen.Choose(1, 100)
            select new Step(stream, kind, category, amount);
        return step.ListOf().Select(l => l.Take(5).ToList()).Where(l => l.Count > 0).ListOf()
            .Select(l => l.Take(8).ToList()).Where(l => l.Count > 0);
    }

    public sealed record Step(int Stream, int Kind, int Category, int Amount);
}
