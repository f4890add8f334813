namespace Performance.Tickets.Imports;

/// <summary>
/// A CSV text with a header row, read row by row: the delimiter is detected, rows end with LF, CRLF or a lone CR, and
/// memory is bounded, so that a quote that is never closed fails instead of swallowing the file (ADR 0042).
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private const int LongestRow = 4 * 1024 * 1024;
    private const int MostColumns = 2000;

    private readonly TextReader text;
    private readonly CsvRecord record = new();
    private char[] buffer = new char[FirstBuffer];
    private int start;
    private int end;
    private bool isAllRead;
    private int nextLine = 1;

    private CsvTable(TextReader text) => this.text = text;

    public char Delimiter { get; private set; } = ',';

    /// <summary>The first row, trimmed.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    /// <summary>The line on which the present row begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>How many fields the present row has.</summary>
    public int Count => record.Count;

    /// <summary>A field of the present row as it stands there; empty where the row is too short.</summary>
    public string this[int column] => record.Text(buffer.AsSpan(start - record.Length, record.Length), column);

    /// <summary>Whether the row has more fields than there are columns, and the surplus is not just empty.</summary>
    public bool HasSurplus => Count > Headers.Count
        && Enumerable.Range(Headers.Count, Count - Headers.Count).Any(i => this[i].Length > 0);

    /// <summary>Opens a text at its header row.</summary>
    /// <exception cref="ImportFailedException">There is none.</exception>
    public static async Task<CsvTable> OpenAsync(TextReader text, CancellationToken cancel)
    {
        var table = new CsvTable(text);
        await table.FillAsync(cancel);
        // Readers leave the mark of the encoding away only where they detected it themselves.
        table.start = table.end > 0 && table.buffer[0] == '\uFEFF' ? 1 : 0;
        table.Delimiter = CsvRecord.DetectDelimiter(table.buffer.AsSpan(table.start, table.end - table.start));
        if (!await table.ReadAsync(cancel))
        {
            throw new ImportFailedException("file", "is empty");
        }

        var headers = Enumerable.Range(0, table.Count).Select(i => table[i].Trim()).ToArray();
        if (headers.All(h => h.Length == 0) || headers.Any(h => h.Contains('\0')))
        {
            throw new ImportFailedException("file", "has no header row of text");
        }

        table.Headers = headers.Length <= MostColumns
            ? headers
            : throw new ImportFailedException("file", $"has more than {MostColumns} columns");
        return table;
    }

    /// <summary>Goes to the next row, over blank lines; false at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            Line = nextLine;
            while (!record.Parse(buffer.AsSpan(start, end - start), Delimiter, isAllRead))
            {
                if (isAllRead && start == end)
                {
                    return false;
                }

                await MoreAsync(cancel);
            }

            start += record.Length;
            nextLine += record.Lines;
            if (!record.IsBlank)
            {
                return true;
            }
        }
    }

    public void Dispose() => text.Dispose();

    // The row is not whole in the buffer: moves its beginning to the front, or doubles the buffer, and reads on.
    private async ValueTask MoreAsync(CancellationToken cancel)
    {
        if (isAllRead)
        {
            throw new ImportFailedException("file", $"a quote that is opened on line {Line} is never closed");
        }

        if (end - start >= LongestRow)
        {
            throw new ImportFailedException(
                "file", $"the row that begins on line {Line} is too long; is a quote never closed?");
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end > buffer.Length / 2)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        await FillAsync(cancel);
    }

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        while (end < buffer.Length)
        {
            var read = await text.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0)
            {
                isAllRead = true;
                return;
            }

            end += read;
        }
    }
}
