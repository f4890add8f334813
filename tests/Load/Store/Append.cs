using System.Diagnostics;
using Marten;
using Npgsql;
using Performance.Testing;

namespace Performance.Load.Store;

/// <summary>
/// Four writers, each saving sessions that start 100 streams of 10 events; beside it, what PostgreSQL takes at best on
/// the same tables: prepared batches of unnest, by hand.
/// </summary>
internal static class Append
{
    private const int Writers = 4;
    private const int Sessions = 40;
    private const int Rounds = 5;
    private const int Streams = 100;
    private const int Events = 10;
    private const double Total = (double)Writers * Sessions * Streams * Events;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        await using var postgres = await context.DatabaseAsync();
        await using var store = Stores.Open(postgres.ConnectionString);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var bare = await context.DatabaseAsync();
        await using var layout = Stores.Open(bare.ConnectionString);
        await layout.Storage.ApplyAllConfiguredChangesToDatabaseAsync();

        // In turn, and the medians: a server that has just been started is slower for whoever comes first.
        var ours = new List<double>();
        var byHand = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            ours.Add((await RunAsync(store, Sessions)).TotalSeconds);
            byHand.Add((await ByHandAsync(bare.DataSource, Sessions)).TotalSeconds);
        }

        return ($"by hand {Rate(byHand)}", Rate(ours));
    }

    private static string Rate(IEnumerable<double> seconds) => Figures.PerSecond(
        Total, TimeSpan.FromSeconds(Figures.Percentile([.. seconds.Skip(1)], 0.5)));

    private static async Task<TimeSpan> RunAsync(DocumentStore store, int sessions)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < sessions; n++)
            {
                await using var session = store.LightweightSession();
                for (var stream = 0; stream < Streams; stream++)
                {
                    session.Events.StartStream<Parcel>(
                        Guid.NewGuid(), Enumerable.Range(0, Events).Select(e => (object)Stores.Event(e)).ToArray());
                }

                await session.SaveChangesAsync();
            }
        })));
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> ByHandAsync(NpgsqlDataSource database, int sessions)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var batch = new UnnestBatch(connection);
            for (var n = 0; n < sessions; n++)
            {
                await batch.WriteAsync(Streams, Events);
            }
        })));
        return watch.Elapsed;
    }
}
