using Npgsql;
using NpgsqlTypes;

namespace Performance.Tickets.Imports;

/// <summary>
/// Reads a file once, from beginning to end, into table <c>import_row</c>, all of it in one transaction: afterwards the
/// import can go on from there after any crash, without the file.
/// </summary>
internal sealed class ImportStaging(NpgsqlDataSource database, ImportCatalogue catalogue)
{
    private const int ReportEvery = 20_000;

    /// <summary>Staging is this part of the whole; the rest is bringing the rows to their tickets.</summary>
    public const int Share = 30;

    private const string Copy = """
        copy import_row (import_id, line, external_id, at, created_at, status, assignee, type, state, title, order_key,
            done_at, closed_at, hold_hours, labels, refused_column, refused_reason, refused_value)
        from stdin (format binary)
        """;

    /// <param name="importId">The import.</param>
    /// <param name="file">Its file, opened.</param>
    /// <param name="given">The mapping that a person gave with it: confirmed, and remembered with its source.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancel">Cancels staging; nothing of it stays.</param>
    public async Task RunAsync(
        Guid importId, ImportFile file, ImportMapping? given, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var clear = new NpgsqlCommand("delete from import_row where import_id = $1", connection))
        {
            clear.Parameters.Add(new() { Value = importId });
            await clear.ExecuteNonQueryAsync(cancel);
        }

        var (rows, refused) = await CopyAsync(importId, file, connection, cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            insert into import_refused (import_id, line, column_name, reason, value)
            select import_id, line, refused_column, refused_reason, refused_value
            from import_row where import_id = $1 and refused_reason is not null
            """, importId));
        batch.BatchCommands.Add(ImportCatalogue.Command(
            "delete from import_row where import_id = $1 and refused_reason is not null", importId));
        batch.BatchCommands.Add(ImportCatalogue.Command("""
            update import set staged = true, row_count = $2, refused = $3, percent = $4, profile = $5, source = $6,
                mapping = $7, encoding = $8, delimiter = $9
            where id = $1
            """,
            importId, rows, refused, Share, file.Mapping.Profile, file.Mapping.Source,
            MappingJson.Write(file.Mapping), TextEncoding.NameOf(file.Text.Encoding), file.Table.Delimiter.ToString()));
        if (given is not null)
        {
            batch.BatchCommands.Add(SourceSettings.Confirm(file.Mapping.Source!, given, now));
        }

        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Adds rows that were understood elsewhere, in the connection's transaction.</summary>
    public static async Task CopyAsync(
        NpgsqlConnection connection, Guid importId, IEnumerable<ImportRow> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(importId, NpgsqlDbType.Uuid, cancel);
            await WriteAsync(copy, row, null, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private async Task<(int Rows, int Refused)> CopyAsync(
        Guid importId, ImportFile file, NpgsqlConnection connection, CancellationToken cancel)
    {
        int rows = 0, refusals = 0;
        var reader = file.Rows();
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancel);
        while (await file.Table.ReadAsync(cancel))
        {
            var (row, refused) = reader.Read();
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(importId, NpgsqlDbType.Uuid, cancel);
            await WriteAsync(copy, row, refused, cancel);
            rows++;
            refusals += refused is null ? 0 : 1;
            if (rows % ReportEvery == 0)
            {
                await catalogue.ProgressAsync(importId, (int)(file.Text.Progress * Share), rows, cancel);
            }
        }

        await copy.CompleteAsync(cancel);
        return (rows, refusals);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy, ImportRow? row, RefusedRow? refused, CancellationToken cancel)
    {
        await copy.WriteAsync(row?.Line ?? refused!.Line, NpgsqlDbType.Integer, cancel);
        await TextAsync(row?.ExternalId);
        await InstantAsync(row?.At);
        await InstantAsync(row?.CreatedAt);
        foreach (var text in (string?[])
            [row?.Status, row?.Assignee, row?.Type, row?.State, row?.Title, row?.Order])
        {
            await TextAsync(text);
        }

        await InstantAsync(row?.DoneAt);
        await InstantAsync(row?.ClosedAt);
        await (row?.HoldHours is { } hours
            ? copy.WriteAsync(hours, NpgsqlDbType.Double, cancel)
            : copy.WriteNullAsync(cancel));
        await (row?.Labels is { } labels
            ? copy.WriteAsync(labels.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel)
            : copy.WriteNullAsync(cancel));
        await TextAsync(refused?.Column);
        await TextAsync(refused?.Reason);
        await TextAsync(refused?.Value);

        Task TextAsync(string? text) =>
            text is null ? copy.WriteNullAsync(cancel) : copy.WriteAsync(text, NpgsqlDbType.Text, cancel);

        Task InstantAsync(DateTimeOffset? at) =>
            at is { } instant
                ? copy.WriteAsync(instant.UtcDateTime, NpgsqlDbType.TimestampTz, cancel)
                : copy.WriteNullAsync(cancel);
    }
}
