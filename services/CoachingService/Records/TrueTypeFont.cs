using System.Buffers.Binary;
using System.Text;

namespace Performance.Coaching.Records;

/// <summary>
/// A TrueType font that the assembly carries: its glyphs, their widths, and a subset of it for a document. Reads what
/// printing needs: a Unicode cmap of format 4, horizontal metrics, outlines.
/// </summary>
internal sealed class TrueTypeFont
{
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] file;
    private readonly Dictionary<string, (int From, int Length)> tables = [];
    private readonly int unitsPerEm;
    private readonly int metrics;
    private readonly bool longOffsets;

    public TrueTypeFont(string name)
    {
        Name = name;
        using var resource = typeof(TrueTypeFont).Assembly.GetManifestResourceStream($"{name}.ttf")
            ?? throw new InvalidOperationException($"The assembly lacks the font {name}.");
        file = new byte[resource.Length];
        resource.ReadExactly(file);
        for (var i = 0; i < U16(4); i++)
        {
            var row = 12 + (16 * i);
            tables[Encoding.ASCII.GetString(file, row, 4)] = ((int)U32(row + 8), (int)U32(row + 12));
        }

        unitsPerEm = U16(At("head", 18));
        longOffsets = U16(At("head", 50)) == 1;
        metrics = U16(At("hhea", 34));
        Ascent = Thousandths((short)U16(At("hhea", 4)));
        Descent = Thousandths((short)U16(At("hhea", 6)));
        Box = [.. Enumerable.Range(0, 4).Select(i => Thousandths((short)U16(At("head", 36 + (2 * i)))))];
    }

    public string Name { get; }

    /// <summary>In thousandths of the font's size, as all measures here.</summary>
    public int Ascent { get; }

    public int Descent { get; }

    /// <summary>Left, bottom, right, top of all glyphs.</summary>
    public IReadOnlyList<int> Box { get; }

    public int WidthOf(int glyph) => Thousandths(U16(At("hmtx", 4 * Math.Min(glyph, metrics - 1))));

    /// <summary>Width of a text at a size of 1.</summary>
    public double Measure(string text) => text.EnumerateRunes().Sum(rune => WidthOf(GlyphOf(rune))) / 1000d;

    /// <summary>The glyph of a character; 0, an empty box, where the font has none.</summary>
    public int GlyphOf(Rune rune)
    {
        var map = CharacterMap();
        var segments = U16(map + 6) / 2;
        var ends = map + 14;
        for (var i = 0; i < segments; i++)
        {
            if (U16(ends + (2 * i)) < rune.Value)
            {
                continue;
            }

            var start = U16(ends + 2 + (2 * (segments + i)));
            var delta = U16(ends + 2 + (2 * ((2 * segments) + i)));
            var rangeAt = ends + 2 + (2 * ((3 * segments) + i));
            var range = U16(rangeAt);
            return start > rune.Value ? 0
                : range == 0 ? (rune.Value + delta) & 0xFFFF
                : U16(rangeAt + range + (2 * (rune.Value - start))) is > 0 and var glyph ? (glyph + delta) & 0xFFFF
                : 0;
        }

        return 0;
    }

    /// <summary>A font file with the same numbers of glyphs, but outlines only of these and what they are made
    /// of.</summary>
    public byte[] Subset(IEnumerable<int> glyphs)
    {
        var wanted = new SortedSet<int> { 0 };
        var open = new Queue<int>(glyphs.Append(0));
        while (open.TryDequeue(out var glyph))
        {
            if (wanted.Add(glyph) || glyph == 0)
            {
                Components(glyph).ForEach(open.Enqueue);
            }
        }

        var count = U16(At("maxp", 4));
        var (outlines, offsets) = (new MemoryStream(), new byte[4 * (count + 1)]);
        for (var glyph = 0; glyph < count; glyph++)
        {
            var (from, length) = Outline(glyph);
            if (wanted.Contains(glyph))
            {
                outlines.Write(file, from, length);
                outlines.Write(new byte[-length & 3]);
            }

            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * (glyph + 1)), (uint)outlines.Length);
        }

        return FontFile.Write([.. Kept.Where(tables.ContainsKey).Select(name => (name, name switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => offsets,
            "head" => Head(),
            _ => Table(name)
        }))]);
    }

    private byte[] Head()
    {
        var head = Table("head");
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        return head;
    }

    private List<int> Components(int glyph)
    {
        var (at, length) = Outline(glyph);
        var found = new List<int>();
        if (length == 0 || (short)U16(at) >= 0)
        {
            return found;
        }

        at += 10;
        int flags;
        do
        {
            flags = U16(at);
            found.Add(U16(at + 2));
            var scale = (flags & 0x08) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0;
            at += 4 + ((flags & 0x01) != 0 ? 4 : 2) + scale;
        }
        while ((flags & 0x20) != 0);
        return found;
    }

    private (int From, int Length) Outline(int glyph)
    {
        long Offset(int i) => longOffsets ? U32(At("loca", 4 * i)) : 2 * U16(At("loca", 2 * i));
        return (At("glyf", (int)Offset(glyph)), (int)(Offset(glyph + 1) - Offset(glyph)));
    }

    private int CharacterMap()
    {
        var count = U16(At("cmap", 2));
        var unicode = Enumerable.Range(0, count).Select(i => At("cmap", 4 + (8 * i)))
            .First(row => (U16(row), U16(row + 2)) is (3, 1));
        return At("cmap", (int)U32(unicode + 4));
    }

    private byte[] Table(string name) => file.AsSpan(tables[name].From, tables[name].Length).ToArray();

    private int At(string table, int offset) => tables[table].From + offset;

    private int Thousandths(int units) => (int)Math.Round(units * 1000d / unitsPerEm);

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
