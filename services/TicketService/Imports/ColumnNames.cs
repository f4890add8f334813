namespace Performance.Tickets.Imports;

/// <summary>
/// Finds columns by name, trimmed and without case; also without the emoji that names may begin with.
/// </summary>
internal sealed class ColumnNames(IReadOnlyList<string> headers)
{
    /// <summary>The column of that name, the first of equals; -1 where there is none.</summary>
    public int Find(string name)
    {
        var wanted = name.Trim();
        for (var i = 0; i < headers.Count; i++)
        {
            if (headers[i].Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        var plain = Plain(wanted);
        for (var i = 0; i < headers.Count; i++)
        {
            if (Plain(headers[i]).Equals(plain, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The column that a mapping names for a field; null where it names none.</summary>
    /// <exception cref="ImportFailedException">The file has no such column.</exception>
    public int? Of(string? name, string field) => name is null ? null
        : Find(name) is var column and >= 0 ? column
        : throw new ImportFailedException("mapping." + field, $"the file has no column \"{name}\"");

    /// <summary>The column that a mapping has to name for a field.</summary>
    public int Required(string? name, string field) =>
        Of(name, field) ?? throw new ImportFailedException("mapping." + field, "names no column");

    // Letters, digits, punctuation and single spaces: what is left of a name without symbols and joiners.
    private static string Plain(string name) => string.Join(' ', string.Concat(name.EnumerateRunes()
            .Where(r => System.Text.Rune.IsLetterOrDigit(r) || r.Value is >= ' ' and < 127).Select(r => r.ToString()))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
