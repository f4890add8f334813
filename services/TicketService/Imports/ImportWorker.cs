using Npgsql;

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
    ILogger<ImportWorker> logger) : BackgroundService
{
    private const int MostAttempts = 5;

    private (Guid Import, string Cursor, int Count) stuck;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away, or the connection with the lock was lost: what is committed stays.
                logger.LogWarning(e, "Imports were interrupted and go on");
            }

            await signal.WaitAsync(clock, stopping);
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var @lock = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtext('ticket imports'))", connection);
        if (!(bool)(await @lock.ExecuteScalarAsync(stopping))!)
        {
            return;
        }

        try
        {
            while (await ImportJob.NextAsync(connection, stopping) is { } next)
            {
                await RunAsync(connection, next.Job, next.HasMapping, stopping);
            }
        }
        finally
        {
            // A pooled connection would keep the lock; a broken one has lost it.
            await using var unlock = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await unlock.ExecuteNonQueryAsync(CancellationToken.None);
            }
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
            logger.LogInformation("Import {ImportId} failed: {Reason}", job.Id, e.Message);
            await catalogue.FailAsync(job.Id, e.Message, clock.GetUtcNow(), stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException && !IsOfTheConnection(e) && IsStuck(job))
        {
            logger.LogError(e, "Import {ImportId} fails again and again behind {Cursor}", job.Id, job.Cursor);
            await catalogue.FailAsync(
                job.Id, "file: it could not be processed; the service's log says why", clock.GetUtcNow(), stopping);
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

/// <summary>Wakes the worker when an import was uploaded here; else it looks every second.</summary>
internal sealed class ImportSignal
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim uploads = new(0);

    public void Set() => uploads.Release();

    public async Task WaitAsync(TimeProvider clock, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(Pause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        try
        {
            await uploads.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time to look.
        }
    }
}
