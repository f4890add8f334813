using Marten;
using Npgsql;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>
/// Does the sync, a step at a time: tasks that the webhook told of, then the next page of the run. An advisory lock
/// keeps it to one replica; what a crash leaves is taken up where it was, by whichever replica gets the lock.
/// </summary>
internal sealed class SyncWorker(
    NpgsqlDataSource database,
    IDocumentStore store,
    SyncSecrets secrets,
    SyncRuns runs,
    SyncReading reading,
    SyncTasks tasks,
    SyncSignal signal,
    SyncLimits limits,
    IHttpClientFactory http,
    TimeProvider clock,
    ILogger<SyncWorker> logger) : BackgroundService
{
    public const string Client = "clickup";

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
                logger.LogWarning(e, "The sync was interrupted and goes on");
            }

            // At the end of the service there is nothing to wait for.
            await signal.WaitAsync(clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var @lock = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtext('ticket sync'))", connection);
        if (!(bool)(await @lock.ExecuteScalarAsync(stopping))!)
        {
            return;
        }

        try
        {
            while (await StepAsync(connection, stopping))
            {
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

    private async Task<bool> StepAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        if (await SyncSettingsAggregation.LoadAsync(store, stopping) is not { } settings)
        {
            return false;
        }

        var run = await runs.ReadingAsync(stopping);
        if (run is null && SyncPlan.IsDue(settings, await runs.PastAsync(settings, stopping), clock.GetUtcNow()))
        {
            await runs.ForgetAsync(stopping);
            await runs.StartAsync(settings, "schedule", stopping);
            return true;
        }

        if (run is null && !(settings.Enabled && await tasks.AnyAsync(stopping)))
        {
            return false;
        }

        try
        {
            await AskAsync(connection, settings, run, stopping);
            return true;
        }
        catch (Exception e) when (e is SyncFailedException or RefusedRequestException)
        {
            logger.LogWarning("The sync with ClickUp failed: {Reason}", e.Message);
            await (run is null
                ? tasks.PutOffAsync(e.Message, stopping)
                : reading.FailAsync(connection, run, e.Message, stopping));
            return false;
        }
    }

    private async Task AskAsync(
        NpgsqlConnection connection, SyncSettings settings, SyncRun? run, CancellationToken stopping)
    {
        if (run is not null && !run.IsOf(settings))
        {
            throw new SyncFailedException("The address or the workspace was changed meanwhile.");
        }

        var token = await secrets.FindAsync(SyncSecrets.Token, stopping)
            ?? throw new SyncFailedException("There is no token. Enter one in the settings.");
        var patience = ClickUpPatience.Create(limits, clock, (words, cancel) => run is null
            ? Task.CompletedTask
            : runs.NoteAsync(run.Id, words, cancel));
        var client = new ClickUpClient(http.CreateClient(Client), settings, token, patience, clock);
        if (settings.Enabled && await tasks.StepAsync(connection, client, settings, stopping))
        {
            return;
        }

        if (run is not null)
        {
            await reading.PageAsync(connection, client, run, stopping);
        }
    }
}

/// <summary>Wakes the worker when there is something to do; else it looks every second.</summary>
internal sealed class SyncSignal
{
    private readonly ImportSignal signal = new();

    public void Set() => signal.Set();

    public Task WaitAsync(TimeProvider clock, CancellationToken cancel) => signal.WaitAsync(clock, cancel);
}
