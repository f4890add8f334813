using Npgsql;

namespace Performance.Tickets.Imports;

/// <summary>An import that is to be done, as its worker needs it.</summary>
internal sealed record ImportJob(
    Guid Id, bool IsStaged, string Cursor, ImportMapping Mapping, long Size, string UploadedBy,
    DateTimeOffset UploadedAt)
{
    /// <summary>The oldest import that is not done; its mapping is null before it was staged without one.</summary>
    public static async Task<(ImportJob Job, bool HasMapping)?> NextAsync(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var select = new NpgsqlCommand("""
            select id, staged, cursor, mapping, size, uploaded_by, uploaded_at
            from import where status = 'Running' order by uploaded_at, id limit 1
            """, connection);
        await using var r = await select.ExecuteReaderAsync(cancel);
        if (!await r.ReadAsync(cancel))
        {
            return null;
        }

        var mapping = r.IsDBNull(3) ? null : MappingJson.Stored(r.GetString(3));
        var job = new ImportJob(
            r.GetGuid(0), r.GetBoolean(1), r.GetString(2), mapping ?? new ImportMapping(), r.GetInt64(4),
            r.GetString(5), r.GetFieldValue<DateTimeOffset>(6));
        return (job, mapping is not null);
    }
}
