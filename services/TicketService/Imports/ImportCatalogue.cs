using Npgsql;
using NpgsqlTypes;

namespace Performance.Tickets.Imports;

/// <summary>The table of imports, as the API reads it.</summary>
internal sealed class ImportCatalogue(NpgsqlDataSource database)
{
    private const string Columns = """
        id, status, reason, percent, row_count, created, changed, unchanged, refused, merged, profile, source,
        file_name, size, encoding, delimiter, position, uploaded_by, uploaded_at, finished_at
        """;

    public async Task<ImportRecord?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var find = database.CreateCommand($"select {Columns} from import where id = $1");
        find.Parameters.Add(new() { Value = id });
        await using var reader = await find.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) : null;
    }

    /// <summary>The import that this user's Idempotency-Key began, if there is one.</summary>
    public async Task<Guid?> FindByKeyAsync(string user, string key, CancellationToken cancel)
    {
        await using var find = database.CreateCommand(
            "select id from import where uploaded_by = $1 and idempotency_key = $2");
        find.Parameters.Add(new() { Value = user });
        find.Parameters.Add(new() { Value = key });
        return await find.ExecuteScalarAsync(cancel) as Guid?;
    }

    /// <summary>Imports of files, the latest first.</summary>
    public async Task<(IReadOnlyList<ImportRecord> Items, long Total)> ListAsync(
        int skip, int take, CancellationToken cancel)
    {
        await using var list = database.CreateCommand(
            $"select {Columns} from import where origin = 'upload' order by uploaded_at desc, id offset $1 limit $2");
        list.Parameters.Add(new() { Value = skip });
        list.Parameters.Add(new() { Value = take });
        var items = new List<ImportRecord>();
        await using (var reader = await list.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                items.Add(Read(reader));
            }
        }

        await using var count = database.CreateCommand("select count(*) from import where origin = 'upload'");
        return (items, (long)(await count.ExecuteScalarAsync(cancel))!);
    }

    public async Task ProgressAsync(Guid id, int percent, int rows, CancellationToken cancel)
    {
        await using var update = database.CreateCommand(
            "update import set percent = greatest(percent, $2), row_count = $3 where id = $1 and status = 'Running'");
        update.Parameters.Add(new() { Value = id });
        update.Parameters.Add(new() { Value = percent });
        update.Parameters.Add(new() { Value = rows });
        await update.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ends an import that cannot go on; its file goes.</summary>
    public async Task FailAsync(Guid id, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(
            "update import set status = 'Failed', reason = $2, finished_at = $3 where id = $1 and status = 'Running'",
            id, reason, now));
        batch.BatchCommands.Add(Command("delete from import_row where import_id = $1", id));
        batch.BatchCommands.Add(Command("delete from import_chunk where import_id = $1", id));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is string text
                ? new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Text }
                : new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    private static ImportRecord Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), Text(r, 2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6),
        r.GetInt32(7), r.GetInt32(8), r.GetInt32(9), Text(r, 10), Text(r, 11), Text(r, 12), r.GetInt64(13),
        Text(r, 14), Text(r, 15), r.IsDBNull(16) ? null : r.GetInt64(16), r.GetString(17),
        r.GetFieldValue<DateTimeOffset>(18), r.IsDBNull(19) ? null : r.GetFieldValue<DateTimeOffset>(19));

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
