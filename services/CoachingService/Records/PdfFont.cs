using System.Text;

namespace Performance.Coaching.Records;

/// <summary>
/// A font inside one PDF: shows text by glyph numbers, keeps count of them, and is written last as a subset with a
/// table back to characters, so that a reader's search and copy find the text.
/// </summary>
internal sealed class PdfFont(TrueTypeFont font)
{
    private const int MostInABlock = 100;

    private readonly SortedDictionary<int, Rune> used = [];

    /// <summary>The operand of <c>Tj</c>.</summary>
    public string Show(string text)
    {
        var shown = new StringBuilder("<");
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = font.GlyphOf(rune);
            used.TryAdd(glyph, rune);
            shown.Append(glyph.ToString("X4"));
        }

        return shown.Append('>').ToString();
    }

    public int AddTo(PdfFile file)
    {
        // Six letters tell subsets of a font apart.
        var name = $"RECORD+{font.Name}";
        var subset = font.Subset(used.Keys);
        var program = file.AddStream($"/Length1 {subset.Length}", subset);
        var descriptor = file.Add(
            $"/Type /FontDescriptor /FontName /{name} /Flags 32 /FontBBox [{string.Join(' ', font.Box)}] "
            + $"/ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight {font.Ascent} /StemV 80 "
            + $"/FontFile2 {program} 0 R");
        var widths = string.Join(' ', used.Keys.Select(glyph => $"{glyph} [{font.WidthOf(glyph)}]"));
        var glyphs = file.Add(
            $"/Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity "
            + $"/DW {font.WidthOf(0)} /W [{widths}]");
        var characters = file.AddStream("", Encoding.ASCII.GetBytes(Characters()));
        return file.Add(
            $"/Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] "
            + $"/ToUnicode {characters} 0 R");
    }

    private string Characters()
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def /CMapType 2 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange

            """);
        foreach (var block in used.Chunk(MostInABlock))
        {
            map.Append($"{block.Length} beginbfchar\n");
            foreach (var (glyph, rune) in block)
            {
                var units = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()));
                map.Append($"<{glyph:X4}> <{units}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }
}
