using Npgsql;
using Performance.Tickets.Store;

namespace Performance.Tickets.Imports;

/// <summary>
/// Does the imports that were accepted, one after the other in the order of their upload. An advisory lock keeps it to
/// one replica at a time; what a crash leaves is taken up again, by whichever replica gets the lock (ADR 0042).
/// </summary>
internal sealed class ImportWorker(
    NpgsqlDataSource database,
    ImportRun run,
    ImportCatalogue catalogue,
    ImportSignal signal,
    TimeProvider clock,
    ILogger<ImportWorker> logger) : SoleWorker("ticket imports", database, signal, clock, logger)
{
    private const int MostAttempts = 5;

    private (Guid Import, string Cursor, int Count) stuck;

    protected override async Task WorkAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        while (await ImportJob.NextAsync(connection, stopping) is { } next)
        {
            await RunAsync(connection, next.Job, next.HasMapping, stopping);
        }
    }

    private async Task RunAsync(
        NpgsqlConnection connection, ImportJob job, bool hasMapping, CancellationToken stopping)
    {
        try
        {
            await run.RunAsync(connection, job, hasMapping, stopping);
        }
        catch (ImportFailedException e)
        {
            Logger.LogInformation("Import {ImportId} failed: {Reason}", job.Id, e.Message);
            await catalogue.FailAsync(job.Id, e.Message, Clock.GetUtcNow(), stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException && !IsOfTheConnection(e) && IsStuck(job))
        {
            Logger.LogError(e, "Import {ImportId} fails again and again behind {Cursor}", job.Id, job.Cursor);
            await catalogue.FailAsync(
                job.Id, "file: it could not be processed; the service's log says why", Clock.GetUtcNow(), stopping);
        }
    }

    private static bool IsOfTheConnection(Exception e) =>
        e is NpgsqlException { IsTransient: true } or IOException
        || (e.InnerException is { } inner && IsOfTheConnection(inner));

    private bool IsStuck(ImportJob job)
    {
        stuck = (job.Id, job.Cursor) == (stuck.Import, stuck.Cursor)
            ? stuck with { Count = stuck.Count + 1 }
            : (job.Id, job.Cursor, 1);
        return stuck.Count >= MostAttempts;
    }
}

/// <summary>An import was uploaded here.</summary>
internal sealed class ImportSignal : WorkSignal;
