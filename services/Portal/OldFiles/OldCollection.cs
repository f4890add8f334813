namespace Performance.Portal.OldFiles;

/// <summary>Entries that lie at one place of the file, alike enough to be read alike.</summary>
/// <param name="path">Where: <c>coachingLogs{}[]</c> are arrays under keys.</param>
public sealed class OldCollection(string path)
{
    /// <summary>More columns than anybody looks through.</summary>
    private const int MostColumns = 60;

    private readonly List<OldRow> _rows = [];
    private readonly List<string> _columns = [];
    private readonly HashSet<string> _known = [];
    private int _keys;

    public string Path => path;

    /// <summary>The place as people read it.</summary>
    public string Place => path.Replace("[]", " › each", StringComparison.Ordinal)
        .Replace("{}", " › each key", StringComparison.Ordinal).Replace(".", " › ", StringComparison.Ordinal)
        .TrimStart(' ', '›') is { Length: > 0 } place ? place : "the whole file";

    public IReadOnlyList<OldRow> Rows => _rows;

    /// <summary>The entries around these; null: none.</summary>
    public OldCollection? Within { get; private set; }

    /// <summary>Keys, own columns, and what the entry around has beside them.</summary>
    public IReadOnlyList<string> Columns =>
    [
        .. Enumerable.Range(1, _keys).Select(OldRow.Key), .. _columns,
        .. Within?.Columns.Where(c => !OldRow.IsKey(c) && !_known.Contains(c)) ?? []
    ];

    /// <summary>True for a column of these entries themselves.</summary>
    public bool Owns(string column) => _known.Contains(column);

    public void Add(OldRow row, IEnumerable<string> columns, OldCollection? within)
    {
        _rows.Add(row);
        _keys = Math.Max(_keys, row.Keys.Count);
        Within ??= within;
        foreach (var column in columns)
        {
            if (_columns.Count < MostColumns && _known.Add(column))
            {
                _columns.Add(column);
            }
        }
    }

    /// <summary>The first values of a column, as an example and to guess from.</summary>
    public IReadOnlyList<string> Sample(string column, int most) =>
        [.. _rows.Take(200).Select(row => row.Text(column)).OfType<string>().Take(most).Select(Clip)];

    public static string Clip(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
