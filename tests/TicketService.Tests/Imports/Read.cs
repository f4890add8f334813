using System.Text;

namespace Performance.Tickets.Imports;

/// <summary>Reads small files in memory, as imports read large ones.</summary>
internal static class Read
{
    public static async Task<IReadOnlyList<string[]>> CsvAsync(string text)
    {
        using var table = await CsvTable.OpenAsync(new StringReader(text), default);
        var rows = new List<string[]> { table.Headers.ToArray() };
        while (await table.ReadAsync(default))
        {
            rows.Add([.. Enumerable.Range(0, table.Count).Select(i => table[i])]);
        }

        return rows;
    }

    public static async Task<(List<ImportRow> Rows, List<RefusedRow> Refused)> RowsAsync(
        string csv, ImportMapping? mapping = null)
    {
        using var table = await CsvTable.OpenAsync(new StringReader(csv), default);
        var reader = ImportFile.RowsOf(table, ImportFile.MappingFor(table.Headers, mapping, []));
        var rows = new List<ImportRow>();
        var refusals = new List<RefusedRow>();
        while (await table.ReadAsync(default))
        {
            var (row, refused) = reader.Read();
            if (row is not null)
            {
                rows.Add(row);
            }
            else
            {
                refusals.Add(refused!);
            }
        }

        return (rows, refusals);
    }

    public static Task<ImportText> TextAsync(byte[] bytes, ImportLimits? limits = null) => ImportText.OpenAsync(
        () => new MemoryStream(bytes), limits ?? new ImportLimits(1 << 30, 1 << 30), default);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
