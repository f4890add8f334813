using System.Globalization;
using System.Text.Json;
using Npgsql;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>Reads one page of a run: its tasks and the run's place are kept together, or neither.</summary>
internal sealed class SyncReading(SourceSettings sources, ImportSignal imports, TimeProvider clock)
{
    /// <param name="connection">Holds the lock of the sync; if it is lost, nothing is written.</param>
    /// <param name="client">Asks ClickUp.</param>
    /// <param name="run">Where the run is.</param>
    /// <param name="cancel">Stops it; it goes on there later.</param>
    public async Task PageAsync(
        NpgsqlConnection connection, ClickUpClient client, SyncRun run, CancellationToken cancel)
    {
        var page = await client.PageAsync(run.Filter, run.Page, cancel);
        var rows = new TaskRows(await sources.MappingsAsync(cancel));
        var tasks = page.Tasks;
        if (run.Pass > 1)
        {
            var known = await SyncStaging.KnownAsync(
                connection, run.Id, [.. tasks.Where(IsTask).Select(t => (IdOf(t), UpdatedAt(t)))], cancel);
            tasks = [.. tasks.Where(t => IsTask(t) && !known.Contains(IdOf(t)))];
        }

        var read = await UnderstandAsync(client, rows, tasks, run.FirstLine, run.StartedAt, cancel);
        var next = run.After(read.Count, page.IsLast);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SyncStaging.KeepAsync(connection, run.Id, read, cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            update sync_run set pass = $4, page = $5, fresh = $6, tasks = tasks + $7, note = null,
                status = case when $8 then 'Read' else status end, read_at = case when $8 then $9 end
            where id = $1 and pass = $2 and page = $3 and status = 'Reading'
            """,
            run.Id, run.Pass, run.Page, next?.Pass ?? run.Pass, next?.Page ?? run.Page, next?.Fresh ?? 0, read.Count,
            next is null, clock.GetUtcNow()));
        if (next is null)
        {
            batch.BatchCommands.Add(SyncStaging.HandOver(run.Id, rows.Mapping, run.RequestedBy, run.StartedAt));
        }

        await batch.ExecuteNonQueryAsync(cancel);
        if (batch.BatchCommands[0].RecordsAffected != 1)
        {
            throw new InvalidOperationException($"Sync run {run.Id} was moved by somebody else.");
        }

        await transaction.CommitAsync(cancel);
        if (next is null)
        {
            imports.Set();
        }
    }

    /// <summary>Ends a run that cannot go on. What it has read goes in; the next one begins where this did.</summary>
    public async Task FailAsync(
        NpgsqlConnection connection, SyncRun run, string words, CancellationToken cancel)
    {
        var rows = new TaskRows(await sources.MappingsAsync(cancel));
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            update sync_run set status = 'Failed', error = $2, note = null, read_at = $3
            where id = $1 and status = 'Reading'
            """, run.Id, words, clock.GetUtcNow()));
        batch.BatchCommands.Add(SyncStaging.HandOver(run.Id, rows.Mapping, run.RequestedBy, run.StartedAt));
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        imports.Set();
    }

    /// <summary>Tasks as rows; those on hold are asked since when.</summary>
    public static async Task<IReadOnlyList<ReadTask>> UnderstandAsync(
        ClickUpClient client, TaskRows rows, IReadOnlyList<JsonElement> tasks, int firstLine, DateTimeOffset readAs,
        CancellationToken cancel)
    {
        // Only of a hold does the length count (clickup.md, default column mapping).
        var hold = rows.Mapping.Classes().Hold;
        var held = tasks.Where(IsTask).Where(t => hold.Match(TaskText.Of(t, "status", "status"))).Select(IdOf)
            .Where(id => id.Length > 0).Distinct().ToList();
        var since = held.Count == 0
            ? new Dictionary<string, StatusSince>()
            : await client.StatusSinceAsync(held, cancel);
        return await rows.ReadAsync(
            [.. tasks.Select(t => (t, IsTask(t) ? since.GetValueOrDefault(IdOf(t))?.Hours(
                TaskText.Of(t, "status", "status"), readAs) : null))], firstLine, cancel);
    }

    private static bool IsTask(JsonElement task)
    {
        try
        {
            return IdOf(task).Length > 0 && TaskText.Of(task, "status", "status") is not null;
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode: refused where it is read.
            return false;
        }
    }

    private static string IdOf(JsonElement task) => TaskText.Of(task, "id").Trim();

    private static DateTimeOffset? UpdatedAt(JsonElement task) =>
        long.TryParse(TaskText.Of(task, "date_updated"), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at is > 0 and < 4_133_980_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
}
