using JasperFx;
using Marten;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Directory;

namespace Performance.Tickets.Imports;

/// <summary>Does one import, from wherever it is to its end.</summary>
internal sealed class ImportRun(
    IDocumentStore store,
    NpgsqlDataSource database,
    ImportCatalogue catalogue,
    SourceSettings sources,
    AgentDirectory directory,
    ImportLimits limits,
    TimeProvider clock,
    ILogger<ImportRun> logger)
{
    private const int TicketsInBatch = 1000;
    private const int MostAttempts = 20;

    /// <param name="connection">Holds the lock of imports; everything is written through it.</param>
    /// <param name="job">The import.</param>
    /// <param name="hasMapping">Whether a mapping was given with it.</param>
    /// <param name="cancel">Stops it; it goes on later.</param>
    /// <exception cref="ImportFailedException">The file cannot be imported.</exception>
    public async Task RunAsync(
        NpgsqlConnection connection, ImportJob job, bool hasMapping, CancellationToken cancel)
    {
        var mapping = job.Mapping;
        var now = clock.GetUtcNow();
        if (!job.IsStaged)
        {
            var given = hasMapping ? mapping : null;
            using var file = await ImportFile.OpenAsync(
                () => new ChunkStream(database, job.Id, job.Size), given, await sources.MappingsAsync(cancel), limits,
                cancel);
            await new ImportStaging(database, catalogue).RunAsync(job.Id, file, given, now, cancel);
            mapping = file.Mapping;
        }

        await SourceSettings.DefineStatusesAsync(store, connection, mapping, job.UploadedBy, now, cancel);
        var assignees = new ImportAssignees(mapping.Source!, directory);
        var writer = new ImportBatchWriter(store, job with { Mapping = mapping }, assignees, now);
        var counts = default(RowCounts);
        var cursor = job.Cursor;
        await foreach (var tickets in new StagedTickets(database)
            .ReadAsync(job.Id, cursor, TicketsInBatch, cancel))
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    counts += await writer.WriteAsync(connection, tickets, cursor, cancel);
                    break;
                }
                catch (ConcurrencyException) when (attempt < MostAttempts)
                {
                    // Somebody worked on one of these tickets meanwhile: decide again, on what they are now.
                    assignees.Forget();
                }
            }

            cursor = tickets[^1].ExternalId;
        }

        await CompleteAsync(connection, job.Id, cancel);
        logger.LogInformation(
            "Import {ImportId} from {Source} is complete: {Created} created, {Changed} changed, {Unchanged} unchanged",
            job.Id, mapping.Source, counts.Created, counts.Changed, counts.Unchanged);
    }

    private async Task CompleteAsync(NpgsqlConnection connection, Guid importId, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            update import set status = 'Completed', percent = 100, finished_at = $2,
                row_count = created + changed + unchanged + refused + merged,
                position = (select coalesce(max(seq_id), 0) from mt_events) * 8 + $3
            where id = $1
            """, importId, clock.GetUtcNow(), (long)EventStoreId.Tickets));
        batch.BatchCommands.Add(ImportCatalogue.Command("delete from import_row where import_id = $1", importId));
        batch.BatchCommands.Add(ImportCatalogue.Command("delete from import_chunk where import_id = $1", importId));
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
