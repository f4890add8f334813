using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Performance.MartenTests.Support;

namespace Performance.MartenTests;

public sealed class HotCold(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task one_process_runs_a_projection_and_another_takes_over_when_it_stops()
    {
        var schema = $"s{Guid.NewGuid():N}";
        using var one = await StartAsync(schema, "one");
        using var two = await StartAsync(schema, "two");
        var leader = await LeaderAsync(one, two);
        var follower = leader == one ? two : one;
        await AppendAsync(one, 5);
        await CaughtUpAsync(leader, 5);
        Assert.Empty(Agents(follower));

        await leader.StopAsync();
        await AppendAsync(follower, 3);
        await CaughtUpAsync(follower, 8);
        Assert.Equal(8, await CountAsync(follower));
        await follower.StopAsync();
    }

    [Fact]
    public async Task a_leader_that_loses_its_connection_is_replaced_and_nothing_is_counted_twice()
    {
        var schema = $"s{Guid.NewGuid():N}";
        using var one = await StartAsync(schema, "three");
        using var two = await StartAsync(schema, "four");
        var leader = await LeaderAsync(one, two);
        await AppendAsync(one, 5);
        await CaughtUpAsync(leader, 5);
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync("""
                select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.granted
                and l.database = (select oid from pg_database where datname = current_database())
                """);
        }
        await AppendAsync(one, 4);
        await WaitAsync(async () => await CountAsync(one) == 9);
        await one.StopAsync();
        await two.StopAsync();
        Assert.Equal(9, await CountAsync(one));
    }

    [Fact]
    public async Task two_that_both_believe_to_lead_count_nothing_twice()
    {
        var (first, second) = await LedgerStoresAsync();
        await using var one = first;
        await using var two = second;
        await using var session = one.LightweightSession();
        using var here = await one.StartDaemonAsync();
        using var there = await two.StartDaemonAsync();
        var id = Guid.NewGuid();
        for (var i = 0; i < 60; i++)
        {
            session.Events.Append(id, new MoneyPaid(1, "food"));
            await session.SaveChangesAsync();
        }
        await one.WaitForNonStaleAsync();
        await Task.WhenAll(here.StopAllAsync(), there.StopAllAsync());
        Assert.Equal(60, await one.ScalarAsync<decimal>("select total from {s}.ledger"));
    }

    [Fact]
    public async Task a_rebuild_beside_the_process_that_runs_the_projection_counts_nothing_twice()
    {
        var (first, second) = await LedgerStoresAsync();
        await using var one = first;
        await using var two = second;
        await using var session = one.LightweightSession();
        using var running = await one.StartDaemonAsync();
        using var elsewhere = await two.BuildProjectionDaemonAsync();
        using var end = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            var (id, count) = (Guid.NewGuid(), 0);
            for (; !end.IsCancellationRequested; count++)
            {
                session.Events.Append(id, new MoneyPaid(1, "food"));
                await session.SaveChangesAsync();
            }
            return count;
        });
        for (var round = 0; round < 30; round++)
        {
            try
            {
                await elsewhere.RebuildProjectionAsync("Ledger", TestStoreExtensions.Patience, default);
            }
            catch (Exception e) when (e is ProgressionProgressOutOfOrderException)
            {
                // The one that runs it went on from the beginning by itself.
            }
        }
        await end.CancelAsync();
        var paid = await appending;
        await one.WaitForNonStaleAsync();
        await running.StopAllAsync();
        Assert.Equal(paid, await one.ScalarAsync<decimal>("select total from {s}.ledger"));
    }

    /// <summary>Two processes' stores of one schema, with the ledger's table.</summary>
    private async Task<(DocumentStore One, DocumentStore Two)> LedgerStoresAsync()
    {
        var schema = $"s{Guid.NewGuid():N}";
        var one = LedgerStore(schema);
        await one.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = one.LightweightSession();
        session.QueueSqlCommand($"create table {schema}.ledger (account uuid primary key, total numeric)");
        await session.SaveChangesAsync();
        return (one, LedgerStore(schema));
    }

    private DocumentStore LedgerStore(string schema) => database.Store(options =>
    {
        options.Projections.Add(new LedgerProjection(schema), ProjectionLifecycle.Async, "Ledger", a =>
        {
            a.BatchSize = 7;
            a.DeleteDataInTableOnTeardown($"{schema}.ledger");
        });
        options.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(5);
        options.Events.UseListenNotifyForEventAppends = true;
    }, schema);

    private async Task<IHost> StartAsync(string schema, string name)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMarten(options =>
        {
            options.Connection($"{database.ConnectionString};Application Name={name}");
            options.DatabaseSchemaName = schema;
            options.Projections.Add<CategoryProjection>(ProjectionLifecycle.Async);
            options.Projections.LeadershipPollingTime = 100;
            options.Events.UseListenNotifyForEventAppends = true;
        }).UseLightweightSessions().ApplyAllDatabaseChangesOnStartup().AddAsyncDaemon(DaemonMode.HotCold);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static IReadOnlyList<ISubscriptionAgent> Agents(IHost host)
        => host.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase().CurrentAgents();

    private static async Task<IHost> LeaderAsync(params IHost[] hosts)
    {
        await WaitAsync(() => Task.FromResult(hosts.Any(h => Agents(h).Count > 0)));
        return hosts.Single(h => Agents(h).Count > 0);
    }

    private static async Task CaughtUpAsync(IHost host, long sequence)
        => await WaitAsync(() => Task.FromResult(Agents(host).Any(a => a.Position >= sequence)));

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TestStoreExtensions.Patience);
        while (!await condition())
            await Task.Delay(10, limit.Token);
    }

    private static async Task AppendAsync(IHost host, int count)
    {
        using var scope = host.Services.CreateScope();
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        for (var i = 0; i < count; i++)
            session.Events.StartStream(Guid.NewGuid(), new MoneyPaid(1, "food"));
        await session.SaveChangesAsync();
    }

    private static async Task<int> CountAsync(IHost host)
    {
        await using var session = host.DocumentStore().QuerySession();
        return (await session.LoadAsync<CategoryTotal>("food"))?.Count ?? 0;
    }
}
