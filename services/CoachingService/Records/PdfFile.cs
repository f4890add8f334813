using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Performance.Coaching.Records;

/// <summary>A PDF 1.7 file as it grows: numbered objects, streams deflated, and at the end the table of where each
/// is.</summary>
internal sealed class PdfFile
{
    private readonly MemoryStream bytes = new();
    private readonly List<long> places = [];

    /// <summary>The second line tells transports that the file is binary.</summary>
    public PdfFile() => bytes.Write("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"u8);

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        places.Add(0);
        return places.Count;
    }

    public int Add(string dictionary) => Add(Reserve(), dictionary);

    public int Add(int number, string dictionary)
    {
        Begin(number);
        Write($"<< {dictionary} >>\nendobj\n");
        return number;
    }

    public int AddStream(string dictionary, ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        var number = Reserve();
        Begin(number);
        Write($"<< {dictionary} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n");
        packed.WriteTo(bytes);
        Write("\nendstream\nendobj\n");
        return number;
    }

    /// <summary>The whole file.</summary>
    public byte[] End(int catalog, int info)
    {
        var table = bytes.Length;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(place => Write($"{place:D10} 00000 n \n"));
        Write($"trailer\n<< /Size {places.Count + 1} /Root {catalog} 0 R /Info {info} 0 R >>\n");
        Write($"startxref\n{table}\n%%EOF\n");
        return bytes.ToArray();
    }

    /// <summary>Text in any script, as a value of a dictionary.</summary>
    public static string Text(string text) =>
        $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A number as PDF writes it: no exponent, no comma.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private void Begin(int number)
    {
        places[number - 1] = bytes.Length;
        Write($"{number} 0 obj\n");
    }

    private void Write(string text) => bytes.Write(Encoding.Latin1.GetBytes(text));
}
