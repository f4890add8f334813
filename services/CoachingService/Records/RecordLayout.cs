namespace Performance.Coaching.Records;

/// <summary>Text on a page; <c>Y</c> is the top of its line, in points from the top of the sheet.</summary>
internal sealed record PlacedText(RecordStyle Style, string Text, double X, double Y);

/// <summary>A hairline.</summary>
internal sealed record PlacedRule(double From, double To, double Y);

internal sealed record RecordPage(IReadOnlyList<PlacedText> Texts, IReadOnlyList<PlacedRule> Rules);

/// <summary>
/// Lays paragraphs out on A4 sheets with margins that a US Letter printer keeps too. A heading stays with what it
/// heads, no paragraph leaves a single line behind or carries one over, and the signatures stay together.
/// </summary>
/// <param name="measure">Width of a text in a style, in points.</param>
internal sealed class RecordLayout(Func<RecordStyle, string, double> measure)
{
    public const double Width = 595;
    public const double Height = 842;
    public const double Margin = 56;
    public const double Bottom = 770;
    private const double LabelWidth = 92;
    private const double SignatureSpace = 34;
    private const double SignatureWidth = 280;
    private const double DateFrom = 320;

    /// <summary>Height of a line.</summary>
    public static double LineOf(RecordStyle style) => style switch
    {
        RecordStyle.Title => 26,
        RecordStyle.Heading => 17,
        RecordStyle.Small => 13,
        RecordStyle.Signature => SignatureSpace + 14,
        _ => 15
    };

    public IReadOnlyList<RecordPage> Pages(IEnumerable<RecordParagraph> paragraphs)
    {
        var pages = new List<RecordPage>();
        var (texts, rules, y) = (new List<PlacedText>(), new List<PlacedRule>(), Margin);
        foreach (var group in Groups([.. paragraphs.SelectMany(Rows)]))
        {
            if (y > Margin && y + group.Sum(row => row.Before + row.Height) > Bottom)
            {
                pages.Add(new RecordPage(texts, rules));
                (texts, rules, y) = ([], [], Margin);
            }

            foreach (var row in group)
            {
                y += y > Margin ? row.Before : 0;
                if (row.Ruled && y > Margin)
                {
                    rules.Add(new PlacedRule(Margin, Width - Margin, y - (row.Before / 2)));
                }

                texts.AddRange(row.Texts.Select(text => text with { Y = text.Y + y }));
                rules.AddRange(row.Lines.Select(line => line with { Y = line.Y + y }));
                y += row.Height;
            }
        }

        return [.. pages, new RecordPage(texts, rules)];
    }

    private IEnumerable<Row> Rows(RecordParagraph paragraph)
    {
        var style = paragraph.Style;
        if (style == RecordStyle.Signature)
        {
            yield return Signature(paragraph);
            yield break;
        }

        var indent = Margin + (paragraph.Label is null ? 0 : LabelWidth);
        var lines = RecordText.Wrap(paragraph.Text, Width - Margin - indent, text => measure(style, text));
        for (var i = 0; i < lines.Count; i++)
        {
            var text = new PlacedText(style, lines[i], indent, 0);
            List<PlacedText> texts = i == 0 && paragraph.Label is { } label
                ? [new(RecordStyle.Label, label, Margin, 0), text]
                : [text];
            var last = i == lines.Count - 1;
            var edge = i == 0 || i == lines.Count - 2;
            yield return new Row(
                texts, [], LineOf(style), i == 0 ? paragraph.Before : 0, i == 0 && paragraph.Ruled,
                last ? paragraph.KeepsWithNext : edge);
        }
    }

    private static Row Signature(RecordParagraph paragraph) => new(
        [
            new(RecordStyle.Small, paragraph.Text, Margin, SignatureSpace + 2),
            new(RecordStyle.Small, "Date", Margin + DateFrom, SignatureSpace + 2)
        ],
        [
            new(Margin, Margin + SignatureWidth, SignatureSpace),
            new(Margin + DateFrom, Width - Margin, SignatureSpace)
        ],
        LineOf(RecordStyle.Signature), paragraph.Before, false, paragraph.KeepsWithNext);

    /// <summary>Rows that stay on one page.</summary>
    private static IEnumerable<IReadOnlyList<Row>> Groups(IReadOnlyList<Row> rows)
    {
        var group = new List<Row>();
        foreach (var row in rows)
        {
            group.Add(row);
            if (!row.KeepsWithNext)
            {
                yield return group;
                group = [];
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private sealed record Row(
        IReadOnlyList<PlacedText> Texts, IReadOnlyList<PlacedRule> Lines, double Height, double Before, bool Ruled,
        bool KeepsWithNext);
}
