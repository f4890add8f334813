using System.Diagnostics;
using JasperFx.Events.Projections;
using Marten;
using Performance.Testing;

namespace Performance.Load.Store;

/// <summary>330,000 events of 33,000 streams and 600 keys projected anew; beside it, reading them.</summary>
internal static class Rebuild
{
    private const int Streams = 33_000;
    private const int Events = 10;

    public static Task<(string, string)> MultiAsync(LoadContext context) => MeasureAsync<ScaleProjection>(
        context, options => options.Projections.Add<ScaleProjection>(ProjectionLifecycle.Async));

    public static Task<(string, string)> SingleAsync(LoadContext context) => MeasureAsync<ParcelProjection>(
        context, options => options.Projections.Add<ParcelProjection>(ProjectionLifecycle.Async));

    private static async Task<(string, string)> MeasureAsync<TProjection>(
        LoadContext context, Action<StoreOptions> projection)
    {
        await using var postgres = await context.DatabaseAsync();
        await using var store = Stores.Open(postgres.ConnectionString, projection);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using (var connection = await postgres.DataSource.OpenConnectionAsync())
        await using (var batch = new UnnestBatch(connection))
        {
            for (var written = 0; written < Streams; written += 1_000)
            {
                await batch.WriteAsync(1_000, Events);
            }
        }

        await postgres.ExecuteAsync("analyze");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<TProjection>(CancellationToken.None);
        var watch = Stopwatch.StartNew();
        await daemon.RebuildProjectionAsync<TProjection>(CancellationToken.None);
        var rebuilt = watch.Elapsed;
        watch.Restart();
        await ReadAsync(postgres);
        return ($"read and deserialise {Figures.PerSecond(Streams * Events, watch.Elapsed)}",
            Figures.PerSecond(Streams * Events, rebuilt));
    }

    private static async Task ReadAsync(TestPostgres postgres)
    {
        await using var command = postgres.DataSource.CreateCommand("select data from mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            System.Text.Json.JsonSerializer.Deserialize<Weighed>(reader.GetFieldValue<byte[]>(0));
        }
    }
}
