using System.Runtime.CompilerServices;
using Npgsql;

namespace Performance.Tickets.Imports;

/// <summary>The rows of one ticket, in the order of the file.</summary>
internal sealed record StagedTicket(string ExternalId, IReadOnlyList<ImportRow> Rows);

/// <summary>Reads the staged rows back, ticket by ticket, in batches.</summary>
internal sealed class StagedTickets(NpgsqlDataSource database)
{
    private const string Select = """
        select line, external_id, at, created_at, status, assignee, type, state, title, order_key, done_at, closed_at,
               hold_hours, labels
        from import_row where import_id = $1 and external_id > $2
        order by external_id, line
        """;

    /// <param name="importId">The import.</param>
    /// <param name="after">The id of the last ticket that is done.</param>
    /// <param name="size">Tickets in a batch.</param>
    /// <param name="cancel">Cancels reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<StagedTicket>> ReadAsync(
        Guid importId, string after, int size, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var select = database.CreateCommand(Select);
        select.CommandTimeout = 0;
        select.Parameters.Add(new() { Value = importId });
        select.Parameters.Add(new() { Value = after });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        var batch = new List<StagedTicket>(size);
        var rows = new List<ImportRow>();
        while (await reader.ReadAsync(cancel))
        {
            var row = Read(reader);
            if (rows.Count > 0 && rows[0].ExternalId != row.ExternalId)
            {
                batch.Add(new StagedTicket(rows[0].ExternalId, rows));
                rows = [];
                if (batch.Count == size)
                {
                    yield return batch;
                    batch = new List<StagedTicket>(size);
                }
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            batch.Add(new StagedTicket(rows[0].ExternalId, rows));
            yield return batch;
        }
    }

    private static ImportRow Read(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetString(1), Instant(r, 2), Instant(r, 3), Text(r, 4), Text(r, 5), Text(r, 6), Text(r, 7),
        Text(r, 8), Text(r, 9), Instant(r, 10), Instant(r, 11), r.IsDBNull(12) ? null : r.GetDouble(12),
        r.IsDBNull(13) ? null : r.GetFieldValue<string[]>(13));

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
