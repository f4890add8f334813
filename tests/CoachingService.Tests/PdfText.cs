using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Performance.Coaching;

/// <summary>
/// What somebody reads who opens a PDF: by the file's own table of objects, and text by way of each font's table of
/// characters.
/// </summary>
internal sealed partial class PdfText
{
    private readonly byte[] file;
    private readonly string text;

    private PdfText(byte[] file) => (this.file, text) = (file, Encoding.Latin1.GetString(file));

    /// <summary>The lines of each page, in the order in which they were drawn.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Pages(byte[] file) => new PdfText(file).Read();

    private List<IReadOnlyList<string>> Read()
    {
        var root = Reference(text[text.LastIndexOf("trailer", StringComparison.Ordinal)..], "Root");
        var tree = Object(Reference(Object(root), "Pages"));
        return [.. Numbers().Matches(Kids().Match(tree).Groups[1].Value).Select(
            m => Lines(Object(int.Parse(m.Groups[1].Value))))];
    }

    private List<string> Lines(string page)
    {
        var fonts = Object(Reference(page, "Font"));
        var tables = new[] { "Regular", "Bold" }.ToDictionary(
            name => name, name => Characters(Stream(Reference(Object(Reference(fonts, name)), "ToUnicode"))));
        return [.. Shown().Matches(Stream(Reference(page, "Contents"))).Select(m => string.Concat(
            m.Groups[2].Value.Chunk(4).Select(digits => tables[m.Groups[1].Value][new string(digits)])))];
    }

    private static Dictionary<string, string> Characters(string map) => Character().Matches(map).ToDictionary(
        m => m.Groups[1].Value,
        m => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(m.Groups[2].Value)));

    private string Object(int number)
    {
        var table = int.Parse(text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0]);
        var row = text[table..].Split('\n')[2 + number];
        var at = int.Parse(row[..10], CultureInfo.InvariantCulture);
        Assert.StartsWith($"{number} 0 obj\n<<", text[at..Math.Min(at + 30, text.Length)]);
        return text[at..text.IndexOf("endobj", at, StringComparison.Ordinal)];
    }

    private string Stream(int number)
    {
        var head = Object(number);
        var from = text.IndexOf(head[..head.IndexOf("stream\n", StringComparison.Ordinal)], StringComparison.Ordinal)
            + head.IndexOf("stream\n", StringComparison.Ordinal) + 7;
        var length = int.Parse(Length().Match(head).Groups[1].Value);
        Assert.Equal("\nendstream", text.Substring(from + length, 10));
        using var inflate = new ZLibStream(new MemoryStream(file, from, length), CompressionMode.Decompress);
        using var reader = new StreamReader(inflate, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static int Reference(string dictionary, string name) =>
        int.Parse(Regex.Match(dictionary, $"/{name} (\\d+) 0 R").Groups[1].Value);

    [GeneratedRegex(@"/Kids \[(.*?)\]")]
    private static partial Regex Kids();

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex(@"/(\w+) [\d.]+ Tf [-\d. ]+ Td <([0-9A-F]*)> Tj")]
    private static partial Regex Shown();

    [GeneratedRegex("<([0-9A-F]{4})> <([0-9A-F]+)>\n")]
    private static partial Regex Character();
}
