using Npgsql;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>A page of a list.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, long Total)
{
    /// <summary>Reads a page; the query takes limit and offset, and its last column counts all rows.</summary>
    public static async Task<Listed<T>> ReadAsync(
        NpgsqlCommand select, Func<NpgsqlDataReader, T> read, int page, int pageSize, CancellationToken cancel)
    {
        if (page is < 1 or > 1_000_000)
        {
            throw new InvalidFieldException("page", "must be from 1");
        }

        if (pageSize is < 1 or > 1000)
        {
            throw new InvalidFieldException("pageSize", "must be from 1 to 1000");
        }

        select.Parameters.AddWithValue(pageSize);
        select.Parameters.AddWithValue((page - 1L) * pageSize);
        var items = new List<T>();
        var total = 0L;
        await using var row = await select.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            items.Add(read(row));
            total = row.GetInt64(row.FieldCount - 1);
        }

        return new Listed<T>(items, total);
    }
}
