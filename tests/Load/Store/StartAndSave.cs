using System.Diagnostics;
using Marten;
using Npgsql;
using Performance.Testing;

namespace Performance.Load.Store;

/// <summary>One stream, one event, one commit, again and again; beside it two prepared statements.</summary>
internal static class StartAndSave
{
    private const int Samples = 3_000;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        await using var postgres = await context.DatabaseAsync();
        await using var store = Stores.Open(postgres.ConnectionString);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var ours = await SampleAsync(async n =>
        {
            await using var session = store.LightweightSession();
            session.Events.StartStream<Parcel>(Guid.NewGuid(), Stores.Event(n));
            await session.SaveChangesAsync();
        });
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var batch = new UnnestBatch(connection);
        var byHand = await SampleAsync(_ => batch.WriteAsync(1, 1));
        return ($"by hand {byHand.Milliseconds()}", ours.Milliseconds());
    }

    private static async Task<IReadOnlyList<double>> SampleAsync(Func<int, Task> once)
    {
        var samples = new List<double>(Samples);
        for (var n = -500; n < Samples; n++)
        {
            var began = Stopwatch.GetTimestamp();
            await once(n + 500);
            if (n >= 0)
            {
                samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return samples;
    }
}
