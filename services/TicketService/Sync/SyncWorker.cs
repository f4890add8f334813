using Marten;
using Npgsql;
using Performance.Tickets.Imports;
using Performance.Tickets.Store;

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
    ILogger<SyncWorker> logger) : SoleWorker("ticket sync", database, signal, clock, logger)
{
    public const string Client = "clickup";

    protected override async Task WorkAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        while (await StepAsync(connection, stopping))
        {
        }
    }

    private async Task<bool> StepAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        if (await SyncSettingsAggregation.LoadAsync(store, stopping) is not { } settings)
        {
            return false;
        }

        var run = await runs.ReadingAsync(stopping);
        if (run is null && SyncPlan.IsDue(settings, await runs.PastAsync(settings, stopping), Clock.GetUtcNow()))
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
            Logger.LogWarning("The sync with ClickUp failed: {Reason}", e.Message);
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
        var patience = ClickUpPatience.Create(limits, Clock, (words, cancel) => run is null
            ? Task.CompletedTask
            : runs.NoteAsync(run.Id, words, cancel));
        var client = new ClickUpClient(http.CreateClient(Client), settings, token, patience, Clock);
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

/// <summary>A run was asked for here, or a task's change told of.</summary>
internal sealed class SyncSignal : WorkSignal;
