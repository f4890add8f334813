using System.Threading.Channels;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;
using Marten.Internal.Sessions;
using Marten.Services;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Internal.Daemon;

/// <summary>Empties what a projection has written, and replays all events into it.</summary>
internal sealed class Rebuild(StoreContext store, Shard shard, HighWater highWater, ShardStateTracker tracker,
    ILogger logger)
{
    private const int ChunkSize = 5_000;
    private const int ChunksAhead = 4;

    private readonly Progress _progress = new(store);
    private long _stored;

    public async Task RunAsync(CancellationToken token)
    {
        var ceiling = await highWater.CatchUpAsync(token).ConfigureAwait(false);
        await TeardownAsync(token).ConfigureAwait(false);
        using var run = shard.Projection!.Start(store, ShardExecutionMode.Rebuild);
        var loader = new PageLoader(store, shard, store.Options.Projections.RebuildErrors, logger);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        var chunks = Channel.CreateBounded<Page>(ChunksAhead);
        // Reading and deserialising go on while the chunk before is folded and written.
        var loading = Task.Run(() => LoadAsync(loader, ceiling, chunks.Writer, end.Token), CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(token).ConfigureAwait(false))
                await ApplyAsync(run, chunk, chunk.Ceiling == ceiling, token).ConfigureAwait(false);
            await loading.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await loading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        tracker.Publish(new(shard.Name, ceiling));
    }

    private static async Task LoadAsync(PageLoader loader, long ceiling, ChannelWriter<Page> chunks,
        CancellationToken token)
    {
        try
        {
            await loader.StreamAsync(0, ceiling, ChunkSize, page => chunks.WriteAsync(page, token), token)
                .ConfigureAwait(false);
            chunks.Complete();
        }
        catch (Exception e)
        {
            chunks.TryComplete(e);
        }
    }

    private async Task ApplyAsync(ProjectionRun run, Page chunk, bool last, CancellationToken token)
    {
        await using var session = new DocumentSession(store, new SessionOptions
        {
            Tracking = shard.Options.EnableDocumentTrackingByIdentity
                ? DocumentTracking.IdentityOnly
                : DocumentTracking.None,
            Timeout = 0,
        });
        if (chunk.Events.Count > 0)
            await run.ApplyAsync(session, chunk.Events, token).ConfigureAwait(false);
        if (!last && !run.WantsFlush)
            return;
        await run.FlushAsync(session, token).ConfigureAwait(false);
        session.Work.Add(_progress.Move(shard.Name, _stored, chunk.Ceiling));
        await session.SaveChangesAsync(token).ConfigureAwait(false);
        _stored = chunk.Ceiling;
    }

    /// <summary>
    /// Empties everything and goes back to the beginning in one transaction: should another process be running the
    /// projection, then what it has committed is emptied too, and what it has not will be refused.
    /// </summary>
    private async Task TeardownAsync(CancellationToken token)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        var tables = shard.Options.TeardownDataOnRebuild ? await TablesAsync().ConfigureAwait(false) : [];
        while (true)
        {
            try
            {
                await EmptyAsync(tables, token).ConfigureAwait(false);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                logger.LogInformation(e, "{Shard} is being written; emptying it again", shard.Name);
            }
        }
    }

    // Tables before the position, as a running projection saves them, so that neither waits for the other.
    private async Task EmptyAsync(IReadOnlyList<string> tables, CancellationToken token)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 };
        foreach (var table in tables)
            batch.BatchCommands.Add(new($"lock table {table} in share row exclusive mode"));
        batch.BatchCommands.Add(_progress.Set(shard.Name, 0));
        foreach (var table in tables)
            batch.BatchCommands.Add(new($"delete from {table}"));
        if (shard.Options.TeardownDataOnRebuild)
            batch.BatchCommands.Add(await ForgetDeadLettersAsync().ConfigureAwait(false));
        await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        await transaction.CommitAsync(token).ConfigureAwait(false);
    }

    private async Task<NpgsqlBatchCommand> ForgetDeadLettersAsync()
    {
        await store.Schema.EnsureAsync(typeof(DeadLetterEvent)).ConfigureAwait(false);
        var name = typeof(DeadLetterEvent).GetProperty(nameof(DeadLetterEvent.ProjectionName))!;
        var command = new NpgsqlBatchCommand($"delete from {store.Mapping(typeof(DeadLetterEvent)).Table} where "
            + $"{new Documents.JsonPaths(store.Options).Text("data", [name])} = $1");
        command.Parameters.Add(new() { Value = shard.Name.Name });
        return command;
    }

    private async Task<List<string>> TablesAsync()
    {
        var tables = new List<string>();
        foreach (var cleanup in shard.Options.CleanUps)
        {
            if (cleanup is DeleteDocuments documents)
            {
                await store.Schema.EnsureAsync(documents.DocumentType).ConfigureAwait(false);
                tables.Add(store.Mapping(documents.DocumentType).Table);
            }
            else if (cleanup is DeleteTableData table)
            {
                tables.Add(table.TableIdentifier);
            }
        }
        return [.. tables.Distinct()];
    }
}
