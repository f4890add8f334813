using System.Text;

namespace Performance.Coaching.Records;

/// <summary>Draws a laid out record as a PDF; at the foot its title, when it was printed, and page numbers.</summary>
internal static class RecordPdf
{
    private const double FootAt = RecordLayout.Bottom + 30;
    private const double Gap = 12;

    private static readonly TrueTypeFont Regular = new("LiberationSans-Regular");
    private static readonly TrueTypeFont Bold = new("LiberationSans-Bold");

    public static byte[] Draw(
        string title, string printed, DateTimeOffset now, IEnumerable<RecordParagraph> paragraphs)
    {
        var file = new PdfFile();
        var (regular, bold) = (new PdfFont(Regular), new PdfFont(Bold));
        var pages = new RecordLayout(Measure()).Pages(paragraphs);
        var (tree, fonts) = (file.Reserve(), file.Reserve());
        var numbers = new List<int>();
        foreach (var (index, page) in pages.Index())
        {
            var number = $"Page {index + 1} of {pages.Count}";
            var content = new StringBuilder();
            Rules(content, page.Rules);
            foreach (var text in page.Texts.Concat(Foot($"{title} · printed {printed}", number)))
            {
                Show(content, text, IsBold(text.Style) ? bold : regular);
            }

            var stream = file.AddStream("", Encoding.ASCII.GetBytes(content.ToString()));
            numbers.Add(file.Add(
                $"/Type /Page /Parent {tree} 0 R /MediaBox [0 0 {RecordLayout.Width} {RecordLayout.Height}] "
                + $"/Resources << /Font {fonts} 0 R >> /Contents {stream} 0 R"));
        }

        file.Add(fonts, $"/Regular {regular.AddTo(file)} 0 R /Bold {bold.AddTo(file)} 0 R");
        file.Add(
            tree, $"/Type /Pages /Count {numbers.Count} /Kids [{string.Join(' ', numbers.Select(n => $"{n} 0 R"))}]");
        var catalog = file.Add(
            $"/Type /Catalog /Pages {tree} 0 R /Lang (en-US) /ViewerPreferences << /DisplayDocTitle true >>");
        var info = file.Add(
            $"/Title {PdfFile.Text(title)} /Creator {PdfFile.Text("Performance")} "
            + $"/CreationDate (D:{now.UtcDateTime:yyyyMMddHHmmss}Z)");
        return file.End(catalog, info);
    }

    private static void Show(StringBuilder content, PlacedText text, PdfFont font)
    {
        if (text.Text.Length > 0)
        {
            var pale = text.Style is RecordStyle.Small or RecordStyle.Label;
            // PDF counts from the bottom, and places the base line.
            var y = RecordLayout.Height - text.Y - (RecordLayout.LineOf(text.Style) * 0.7);
            content.Append($"BT {(pale ? "0.33" : "0")} g /{(IsBold(text.Style) ? "Bold" : "Regular")} ")
                .Append($"{PdfFile.Number(Size(text.Style))} Tf ")
                .Append($"{PdfFile.Number(text.X)} {PdfFile.Number(y)} Td {font.Show(text.Text)} Tj ET\n");
        }
    }

    private static void Rules(StringBuilder content, IEnumerable<PlacedRule> rules)
    {
        content.Append("0.6 w 0.6 G\n");
        foreach (var rule in rules)
        {
            var y = PdfFile.Number(RecordLayout.Height - rule.Y);
            content.Append($"{PdfFile.Number(rule.From)} {y} m {PdfFile.Number(rule.To)} {y} l S\n");
        }
    }

    private static IEnumerable<PlacedText> Foot(string left, string right)
    {
        var measure = Measure();
        var from = RecordLayout.Width - RecordLayout.Margin - measure(RecordStyle.Small, right);
        var lines = RecordText.Wrap(
            left, from - RecordLayout.Margin - Gap, text => measure(RecordStyle.Small, text));
        yield return new PlacedText(RecordStyle.Small, lines[0], RecordLayout.Margin, FootAt);
        yield return new PlacedText(RecordStyle.Small, right, from, FootAt);
    }

    private static double Size(RecordStyle style) => style switch
    {
        RecordStyle.Title => 18,
        RecordStyle.Heading => 11.5,
        RecordStyle.Label => 9.5,
        RecordStyle.Small or RecordStyle.Signature => 9,
        _ => 10.5
    };

    private static bool IsBold(RecordStyle style) =>
        style is RecordStyle.Title or RecordStyle.Heading or RecordStyle.Label;

    /// <summary>Each word is measured once: long notes repeat themselves.</summary>
    private static Func<RecordStyle, string, double> Measure()
    {
        var known = new Dictionary<(bool, string), double>();
        return (style, text) =>
        {
            var key = (IsBold(style), text);
            if (!known.TryGetValue(key, out var width))
            {
                known[key] = width = (IsBold(style) ? Bold : Regular).Measure(text);
            }

            return width * Size(style);
        };
    }
}
