using System.Globalization;
using System.Text;

namespace Performance.Coaching.Records;

/// <summary>Breaks text into lines that fit.</summary>
internal static class RecordText
{
    /// <summary>
    /// The lines of a text, no wider than <paramref name="width"/>: broken at spaces, and inside a word only where the
    /// word alone is too wide. Line breaks in the text are kept; no character but spaces at a break is lost.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, Func<string, double> measure)
    {
        var lines = new List<string>();
        var space = measure(" ");
        foreach (var paragraph in Clean(text).Split('\n'))
        {
            var (line, used) = (new StringBuilder(), 0d);
            foreach (var word in paragraph.Split(' ').SelectMany(word => Pieces(word, width, measure)))
            {
                var wide = measure(word);
                if (line.Length > 0 && used + space + wide > width)
                {
                    lines.Add(line.ToString().TrimEnd());
                    (line, used) = (new StringBuilder(), 0);
                }

                used += line.Length > 0 ? space + wide : wide;
                line.Append(line.Length > 0 ? " " : "").Append(word);
            }

            lines.Add(line.ToString().TrimEnd());
        }

        return lines;
    }

    /// <summary>One kind of line break, no tabs, nothing that a font has no width for.</summary>
    private static string Clean(string text)
    {
        var one = text.Normalize().ReplaceLineEndings("\n").Replace("\t", "    ").Replace('\u00a0', ' ');
        return string.Concat(one.Where(c => c == '\n' || CharUnicodeInfo.GetUnicodeCategory(c)
            is not (UnicodeCategory.Control or UnicodeCategory.Format)));
    }

    /// <summary>A word; one that is too wide in parts, cut between characters as people count them.</summary>
    private static IEnumerable<string> Pieces(string word, double width, Func<string, double> measure)
    {
        if (measure(word) <= width)
        {
            yield return word;
            yield break;
        }

        var (piece, used) = (new StringBuilder(), 0d);
        var characters = StringInfo.GetTextElementEnumerator(word);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            var wide = measure(character);
            if (piece.Length > 0 && used + wide > width)
            {
                yield return piece.ToString();
                (piece, used) = (new StringBuilder(), 0);
            }

            piece.Append(character);
            used += wide;
        }

        yield return piece.ToString();
    }
}
