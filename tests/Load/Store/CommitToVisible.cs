using System.Diagnostics;
using JasperFx.Events.Projections;
using Marten;
using Npgsql;
using Performance.Testing;

namespace Performance.Load.Store;

/// <summary>From the end of SaveChanges until an async projection's document shows the event, at 50 events/s.</summary>
internal static class CommitToVisible
{
    private const int Samples = 500;

    public static async Task<(string, string)> MeasureAsync(LoadContext context)
    {
        await using var postgres = await context.DatabaseAsync();
        await using var store = Stores.Open(postgres.ConnectionString, options =>
            options.Projections.Add<ParcelProjection>(ProjectionLifecycle.Async));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var look = new NpgsqlCommand("select 1 from mt_doc_parcel where id = $1", connection);
        look.Parameters.Add(new NpgsqlParameter<Guid>());
        await look.PrepareAsync();
        var samples = new List<double>(Samples);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var n = -50; n < Samples; n++)
        {
            await pace.WaitForNextTickAsync();
            var id = Guid.NewGuid();
            await using var session = store.LightweightSession();
            session.Events.StartStream<Parcel>(id, Stores.Event(n + 50));
            await session.SaveChangesAsync();
            var committed = Stopwatch.GetTimestamp();
            look.Parameters[0].Value = id;
            while (await look.ExecuteScalarAsync() is null)
            {
                // Asking costs about 0.1 ms: the resolution of this figure.
                if (Stopwatch.GetElapsedTime(committed) > TimeSpan.FromSeconds(10))
                {
                    throw new TimeoutException("The document of an event did not come.");
                }
            }

            if (n >= 0)
            {
                samples.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
            }
        }

        await daemon.StopAllAsync();
        return ("-", samples.Milliseconds());
    }
}
