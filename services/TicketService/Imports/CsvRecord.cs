namespace Performance.Tickets.Imports;

/// <summary>
/// Finds the fields of one row in a buffer (RFC 4180, and tolerant: a quote inside a field that does not begin with one
/// is a character like others). Fields become texts only when they are asked for.
/// </summary>
internal sealed class CsvRecord
{
    private const char Quote = '"';

    private readonly List<(int Start, int Length, bool Doubled)> fields = [];

    public int Count => fields.Count;

    /// <summary>Characters of the row with its line end.</summary>
    public int Length { get; private set; }

    /// <summary>Lines that the row spans; 0 for a last one without a line end is still 1.</summary>
    public int Lines { get; private set; }

    public bool IsBlank => fields is [{ Length: 0, Start: 0 }];

    /// <summary>A field of the row that the buffer holds; empty where there is none.</summary>
    public string Text(ReadOnlySpan<char> row, int column)
    {
        if (column >= fields.Count)
        {
            return "";
        }

        var (start, length, doubled) = fields[column];
        var text = new string(row.Slice(start, length));
        return doubled ? text.Replace("\"\"", "\"") : text;
    }

    /// <summary>Parses the row that begins the text.</summary>
    /// <param name="text">What has been read and not yet parsed.</param>
    /// <param name="delimiter">Between fields.</param>
    /// <param name="isAll">Whether nothing follows.</param>
    /// <returns>False if the row is not whole, or there is none.</returns>
    public bool Parse(ReadOnlySpan<char> text, char delimiter, bool isAll)
    {
        fields.Clear();
        Lines = 1;
        var at = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        while (true)
        {
            var fieldEnd = Field(text, at, delimiter, isAll);
            if (fieldEnd < 0)
            {
                return false;
            }

            if (fieldEnd == text.Length)
            {
                Length = fieldEnd;
                return isAll;
            }

            at = fieldEnd + 1;
            if (text[fieldEnd] == delimiter)
            {
                continue;
            }

            if (text[fieldEnd] == '\r')
            {
                if (at == text.Length && !isAll)
                {
                    return false;
                }

                at += at < text.Length && text[at] == '\n' ? 1 : 0;
            }

            Length = at;
            return true;
        }
    }

    /// <summary>Comma, semicolon or tab: whichever the first row has most, outside of quotes.</summary>
    public static char DetectDelimiter(ReadOnlySpan<char> text)
    {
        int commas = 0, semicolons = 0, tabs = 0;
        var isQuoted = false;
        foreach (var c in text.TrimStart("\r\n"))
        {
            isQuoted ^= c == Quote;
            if (!isQuoted && c is '\r' or '\n')
            {
                break;
            }

            commas += !isQuoted && c == ',' ? 1 : 0;
            semicolons += !isQuoted && c == ';' ? 1 : 0;
            tabs += !isQuoted && c == '\t' ? 1 : 0;
        }

        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }

    // Adds the field that begins there; its end is the index of what ends it, or -1 if that has not been read.
    private int Field(ReadOnlySpan<char> text, int at, char delimiter, bool isAll)
    {
        if (at < text.Length && text[at] == Quote)
        {
            return Quoted(text, at, delimiter, isAll);
        }

        var end = End(text, at, delimiter, isAll);
        if (end >= 0)
        {
            fields.Add((at, end - at, false));
        }

        return end;
    }

    private int Quoted(ReadOnlySpan<char> text, int at, char delimiter, bool isAll)
    {
        var close = at + 1;
        var doubled = false;
        while (true)
        {
            var quote = text[close..].IndexOf(Quote);
            if (quote < 0 || (close + quote + 1 == text.Length && !isAll))
            {
                return -1;
            }

            close += quote;
            if (close + 1 == text.Length || text[close + 1] != Quote)
            {
                break;
            }

            doubled = true;
            close += 2;
        }

        var end = End(text, close + 1, delimiter, isAll);
        if (end < 0)
        {
            return -1;
        }

        // Something between the closing quote and the delimiter: the field is taken as it stands.
        var isClean = end == close + 1;
        fields.Add(isClean ? (at + 1, close - at - 1, doubled) : (at, end - at, false));
        CountLines(text[at..close]);
        return end;
    }

    private static int End(ReadOnlySpan<char> text, int at, char delimiter, bool isAll)
    {
        var end = text[at..].IndexOfAny(delimiter, '\r', '\n');
        return end >= 0 ? at + end : isAll ? text.Length : -1;
    }

    private void CountLines(ReadOnlySpan<char> quoted)
    {
        for (var at = quoted.IndexOfAny('\r', '\n'); at >= 0; at = quoted.IndexOfAny('\r', '\n'))
        {
            Lines++;
            quoted = quoted[(at + (quoted[at..].StartsWith("\r\n") ? 2 : 1))..];
        }
    }
}
