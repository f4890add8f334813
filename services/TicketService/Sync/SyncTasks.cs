using System.Text.Json;
using Npgsql;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>
/// Table <c>sync_task</c>: tasks that the webhook told of. They are fetched as they are now, whatever the notice said,
/// and go in as a small import.
/// </summary>
internal sealed class SyncTasks(
    NpgsqlDataSource database, SourceSettings sources, ImportSignal imports, TimeProvider clock)
{
    private const int AtOnce = 50;

    // After that the next run by date_updated_gt brings them.
    private const int MostAttempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Fetches some of the tasks that wait.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> StepAsync(
        NpgsqlConnection connection, ClickUpClient client, SyncSettings settings, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var waiting = await WaitingAsync(now, cancel);
        if (waiting.Count == 0)
        {
            return false;
        }

        var (done, tasks) = (new List<(string Id, DateTimeOffset AskedAt)>(), new List<JsonElement>());
        try
        {
            foreach (var one in waiting)
            {
                if (await client.TaskAsync(one.Id, cancel) is { } task)
                {
                    tasks.Add(task);
                }

                done.Add(one);
            }
        }
        catch (Exception e) when (e is SyncFailedException or RefusedRequestException)
        {
            await PutOffAsync(waiting[done.Count].Id, e.Message, now, cancel);
        }

        var rows = new TaskRows(await sources.MappingsAsync(cancel));
        var read = await SyncReading.UnderstandAsync(client, rows, tasks, 1, now, cancel);
        var runId = Guid.CreateVersion7(now);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SyncStaging.KeepAsync(connection, runId, read, cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (read.Count > 0)
        {
            batch.BatchCommands.Add(ImportCatalogue.Command("""
                insert into sync_run (
                    id, kind, status, base_address, team_id, tasks, requested_by, started_at, read_at)
                values ($1, 'Webhook', 'Read', $2, $3, $4, 'webhook', $5, $5)
                """, runId, settings.BaseAddress, settings.TeamId, read.Count, now));
            batch.BatchCommands.Add(SyncStaging.HandOver(runId, rows.Mapping, "webhook", now));
        }

        // One that changed again meanwhile stays.
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            delete from sync_task t using unnest($1::text[], $2::timestamptz[]) as d (id, asked_at)
            where t.task_id = d.id and t.asked_at = d.asked_at
            """, done.Select(d => d.Id).ToArray(), done.Select(d => d.AskedAt).ToArray()));
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        imports.Set();
        return true;
    }

    /// <summary>Whether any task is to be fetched now.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancel) =>
        (await WaitingAsync(clock.GetUtcNow(), cancel)).Count > 0;

    /// <summary>None can be fetched for a while, and why.</summary>
    public async Task PutOffAsync(string words, CancellationToken cancel)
    {
        await using var update = database.CreateCommand("update sync_task set error = $1, next_at = $2");
        update.Parameters.Add(new() { Value = words });
        update.Parameters.Add(new() { Value = clock.GetUtcNow() + Pause });
        await update.ExecuteNonQueryAsync(cancel);
    }

    private async Task<IReadOnlyList<(string Id, DateTimeOffset AskedAt)>> WaitingAsync(
        DateTimeOffset now, CancellationToken cancel)
    {
        await using var select = database.CreateCommand(
            $"select task_id, asked_at from sync_task where next_at <= $1 order by asked_at, task_id limit {AtOnce}");
        select.Parameters.Add(new() { Value = now });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        var waiting = new List<(string, DateTimeOffset)>();
        while (await reader.ReadAsync(cancel))
        {
            waiting.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return waiting;
    }

    private async Task PutOffAsync(string id, string words, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            update sync_task set attempts = attempts + 1, error = $2, next_at = $3 where task_id = $1
            """, id, words, now + Pause));
        batch.BatchCommands.Add(ImportCatalogue.Command(
            "delete from sync_task where task_id = $1 and attempts >= $2", id, MostAttempts));
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
