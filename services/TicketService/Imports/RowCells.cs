namespace Performance.Tickets.Imports;

/// <summary>Reads the cells of the present row into texts, and says which one cannot be used and why.</summary>
/// <param name="table">The file at a row.</param>
/// <param name="nullText">Texts that stand for nothing.</param>
internal sealed class RowCells(CsvTable table, IReadOnlyList<string> nullText)
{
    public const int LongestText = 200;
    public const int LongestTitle = 500;

    /// <summary>The first cell of the row that could not be used, or null.</summary>
    public RefusedRow? Refused { get; private set; }

    public void Begin() => Refused = table.HasSurplus
        ? new RefusedRow(table.Line, "", $"has {table.Count} fields, the header has {table.Headers.Count}", null)
        : null;

    public void Refuse(int column, string reason) => Refused ??= new RefusedRow(
        table.Line, table.Headers[column], reason, Shown(table[column]));

    /// <summary>A short text, or null.</summary>
    public string? Text(int? column)
    {
        if (Raw(column) is not { } text)
        {
            return null;
        }

        if (text.Length > LongestText)
        {
            Refuse(column!.Value, $"is longer than {LongestText} characters");
            return null;
        }

        return text;
    }

    /// <summary>A short text; a row without it is refused.</summary>
    public string Required(int column)
    {
        if (Text(column) is { } text)
        {
            return text;
        }

        Refuse(column, "is empty");
        return "";
    }

    /// <summary>A title: one line, cut where it is too long.</summary>
    public string? Title(int? column)
    {
        if (Raw(column) is not { } text)
        {
            return null;
        }

        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestTitle ? line
            : line[..(char.IsHighSurrogate(line[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)];
    }

    /// <summary>An instant, or null where there is none; what cannot be read refuses the row.</summary>
    public DateTimeOffset? Instant(int? column, Func<string, DateTimeOffset?> read)
    {
        if (Raw(column) is not { } text)
        {
            return null;
        }

        var instant = read(text);
        if (instant is null)
        {
            Refuse(column!.Value, "is no date of the expected form");
        }

        return instant;
    }

    /// <summary>The cell trimmed; null where it stands for nothing.</summary>
    public string? Raw(int? column)
    {
        if (column is not { } index)
        {
            return null;
        }

        var text = table[index].Trim();
        if (text.Length == 0 || nullText.Contains(text))
        {
            return null;
        }

        // The database's texts cannot hold this one.
        if (text.Contains('\0'))
        {
            Refuse(index, "holds a NUL character");
            return null;
        }

        return text;
    }

    private static string Shown(string value) =>
        (value.Length <= LongestText ? value : value[..(LongestText - 1)] + "…").Replace("\0", "");
}
