using Npgsql;
using Performance.Tickets.Imports;

namespace Performance.Tickets.Sync;

/// <summary>
/// Keeps what was read where imports keep their rows, in one transaction with where the run is; from the end of the run
/// on it is an import like any other, which brings whole tickets or nothing (ADR 0100).
/// </summary>
internal static class SyncStaging
{
    /// <summary>The tasks that the run does not have yet, or not as they are now.</summary>
    public static async Task<HashSet<string>> KnownAsync(
        NpgsqlConnection connection, Guid runId, IReadOnlyList<(string Id, DateTimeOffset? UpdatedAt)> tasks,
        CancellationToken cancel)
    {
        await using var select = new NpgsqlCommand("""
            select t.id from unnest($2::text[], $3::timestamptz[]) as t (id, updated_at)
            where exists (select 1 from import_row r
                          where r.import_id = $1 and r.external_id = t.id and r.at is not distinct from t.updated_at)
                or exists (select 1 from import_refused f where f.import_id = $1 and f.value = t.id)
            """, connection);
        select.Parameters.Add(new() { Value = runId });
        select.Parameters.Add(new() { Value = tasks.Select(t => t.Id).ToArray() });
        select.Parameters.Add(new() { Value = tasks.Select(t => t.UpdatedAt).ToArray() });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        var known = new HashSet<string>();
        while (await reader.ReadAsync(cancel))
        {
            known.Add(reader.GetString(0));
        }

        return known;
    }

    /// <summary>Rows and refusals of the run, in the transaction.</summary>
    public static async Task KeepAsync(
        NpgsqlConnection connection, Guid runId, IReadOnlyList<ReadTask> tasks, CancellationToken cancel)
    {
        await ImportStaging.CopyAsync(connection, runId, tasks.Select(t => t.Row).OfType<ImportRow>(), cancel);
        foreach (var refused in tasks.Select(t => t.Refused).OfType<RefusedRow>())
        {
            await using var insert = new NpgsqlCommand("""
                insert into import_refused (import_id, line, column_name, reason, value) values ($1, $2, $3, $4, $5)
                """, connection);
            foreach (var value in (object[])
                [runId, refused.Line, refused.Column, refused.Reason, (object?)refused.Value ?? DBNull.Value])
            {
                insert.Parameters.Add(new() { Value = value });
            }

            await insert.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Hands what the run has read over to the imports; without any row there is nothing to do.</summary>
    public static NpgsqlBatchCommand HandOver(Guid runId, ImportMapping mapping, string by, DateTimeOffset readAs) =>
        ImportCatalogue.Command("""
            insert into import (
                id, status, origin, profile, source, mapping, size, staged, row_count, refused, percent, uploaded_by,
                uploaded_at)
            select $1, 'Running', 'sync', $2, $3, $4, 0, true, rows + refused, refused, $5, $6, $7
            from (select (select count(*)::int from import_row where import_id = $1) as rows,
                         (select count(*)::int from import_refused where import_id = $1) as refused) c
            where rows + refused > 0
            """,
            runId, mapping.Profile, mapping.Source, MappingJson.Write(mapping), ImportStaging.Share, by, readAs);
}
