using Npgsql;

namespace Performance.Coaching.Backups;

/// <summary>
/// How far something is: every event of this store up to <paramref name="Sequence"/>, below which nothing is still to
/// be committed, and <paramref name="Revision"/> pages of TicketService's records.
/// </summary>
internal readonly record struct MirrorMark(long Sequence, long Revision);

/// <summary>What is known of the mirror, on every replica.</summary>
internal sealed record MirrorStatus(
    MirrorMark Now, MirrorMark? Written, string? Folder, DateTimeOffset? WrittenAt, string? Error);

/// <summary>Table <c>backup_mirror</c>, which the writer keeps.</summary>
internal sealed class MirrorState(NpgsqlDataSource database)
{
    private const string Status = """
        select coalesce((select last_seq_id from mt_event_progression where name = 'HighWaterMark'), 0), c.revision,
            m.sequence, m.revision, m.folder, m.written_at, m.error
        from backup_change c, backup_mirror m
        """;

    public async Task<MirrorStatus> ReadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await ReadAsync(connection, cancel);
    }

    public static async Task<MirrorStatus> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var select = new NpgsqlCommand(Status, connection);
        await using var row = await select.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new MirrorStatus(
            new MirrorMark(row.GetInt64(0), row.GetInt64(1)),
            row.IsDBNull(2) ? null : new MirrorMark(row.GetInt64(2), row.GetInt64(3)),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
            row.IsDBNull(6) ? null : row.GetString(6));
    }

    public static async Task WrittenAsync(
        NpgsqlConnection connection, string folder, MirrorMark mark, DateTimeOffset at, CancellationToken cancel)
    {
        await using var update = new NpgsqlCommand("""
            update backup_mirror
            set folder = $1, sequence = $2, revision = $3, written_at = $4, error = null
            """, connection);
        foreach (var value in (object[])[folder, mark.Sequence, mark.Revision, at])
        {
            update.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await update.ExecuteNonQueryAsync(cancel);
    }

    public static async Task FailedAsync(NpgsqlConnection connection, string error, CancellationToken cancel)
    {
        await using var update = new NpgsqlCommand("update backup_mirror set error = $1", connection);
        update.Parameters.Add(new() { Value = error });
        await update.ExecuteNonQueryAsync(cancel);
    }
}
