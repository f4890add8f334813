using Npgsql;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>Table <c>sync_run</c>: which run is reading and where it is; what earlier ones did.</summary>
internal sealed class SyncRuns(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The run that is reading, if one is.</summary>
    public async Task<SyncRun?> ReadingAsync(CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select id, kind, since, base_address, team_id, pass, page, fresh, requested_by, started_at
            from sync_run where status = 'Reading'
            """);
        await using var r = await select.ExecuteReaderAsync(cancel);
        return await r.ReadAsync(cancel)
            ? new SyncRun(
                r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4),
                r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetString(8), r.GetFieldValue<DateTimeOffset>(9))
            : null;
    }

    public async Task<SyncPast> PastAsync(SyncSettings settings, CancellationToken cancel)
    {
        await using var select = database.CreateCommand("""
            select max(started_at), max(started_at) filter (where status = 'Read'),
                max(started_at) filter (where status = 'Read' and kind = 'Full')
            from sync_run where kind <> 'Webhook' and base_address = $1 and team_id = $2
            """);
        select.Parameters.Add(new() { Value = settings.BaseAddress });
        select.Parameters.Add(new() { Value = settings.TeamId });
        await using var r = await select.ExecuteReaderAsync(cancel);
        await r.ReadAsync(cancel);
        return new SyncPast(At(0), At(1), At(2));

        DateTimeOffset? At(int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>Begins a run, unless one is reading already.</summary>
    /// <returns>The run that reads now.</returns>
    public async Task<Guid> StartAsync(SyncSettings settings, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (kind, since) = SyncPlan.Next(settings, await PastAsync(settings, cancel), now);
        var id = Guid.CreateVersion7(now);
        await using var insert = database.CreateBatch();
        insert.BatchCommands.Add(ImportCatalogue.Command("""
            insert into sync_run (id, kind, status, since, base_address, team_id, requested_by, started_at)
            values ($1, $2, 'Reading', $3, $4, $5, $6, $7)
            on conflict (status) where status = 'Reading' do nothing
            """, id, kind, since, settings.BaseAddress, settings.TeamId, by, now));
        insert.BatchCommands.Add(ImportCatalogue.Command("select id from sync_run where status = 'Reading'"));
        // None: it was so short that it is read already.
        return await insert.ExecuteScalarAsync(cancel) as Guid? ?? id;
    }

    /// <summary>Why the run waits, for people to see; null: it does not.</summary>
    public async Task NoteAsync(Guid id, string? note, CancellationToken cancel)
    {
        await using var update = database.CreateCommand("update sync_run set note = $2 where id = $1");
        update.Parameters.Add(new() { Value = id });
        update.Parameters.Add(new() { Value = (object?)note ?? DBNull.Value });
        await update.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Forgets what nobody looks at any more.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            delete from import_refused where import_id in (
                select r.id from sync_run r join import i using (id)
                where i.status <> 'Running' and r.started_at < case r.kind when 'Webhook' then $1 else $2 end)
            """, now.AddDays(-1), now.AddDays(-90)));
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            with old as (
                delete from sync_run r where status <> 'Reading'
                    and started_at < case kind when 'Webhook' then $1 else $2 end
                    and not exists (select 1 from import i where i.id = r.id and i.status = 'Running')
                returning id)
            delete from import where id in (select id from old)
            """, now.AddDays(-1), now.AddDays(-90)));
        batch.BatchCommands.Add(ImportCatalogue.Command(
            "delete from sync_delivery where received_at < $1", now.AddDays(-7)));
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
