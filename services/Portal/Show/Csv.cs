using System.Text;

namespace Performance.Portal.Show;

/// <summary>Tables as CSV that a spreadsheet opens without running anything in it.</summary>
public static class Csv
{
    public static byte[] Write(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Field(string value)
    {
        // A cell that begins like a formula would be one.
        var guarded = value.Length > 0 && "=+-@\t\r".Contains(value[0]) && !decimal.TryParse(value, out _)
            ? "'" + value
            : value;
        return guarded.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : guarded;
    }
}
