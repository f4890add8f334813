using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Performance.Tickets.Imports;

/// <summary>
/// Which encoding a file is in: UTF-8 with or without mark, else UTF-16 by its mark, else Windows-1252. Only the whole
/// file can tell: one stray byte at the end makes it Windows-1252.
/// </summary>
internal static class TextEncoding
{
    private static readonly Encoding Windows1252 =
        CodePagesEncodingProvider.Instance.GetEncoding(1252)
        ?? throw new InvalidOperationException("Windows-1252 is not known to this runtime.");

    /// <summary>Reads the stream to its end.</summary>
    /// <returns>The encoding, and how many bytes there were.</returns>
    public static async Task<(Encoding Encoding, long Length)> DetectAsync(Stream bytes, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            var kept = 0;
            long length = 0;
            Encoding? marked = null;
            var utf8 = true;
            while (await bytes.ReadAsync(buffer.AsMemory(kept), cancel) is var read and > 0)
            {
                marked ??= length == 0 ? Mark(buffer.AsSpan(0, read)) : null;
                length += read;
                if (utf8 && marked is null)
                {
                    (utf8, kept) = Check(buffer, kept + read);
                }
            }

            // A sequence that the file's end cuts off is no UTF-8.
            var encoding = marked ?? (utf8 && kept == 0 ? Encoding.UTF8 : Windows1252);
            return (encoding, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What people call it.</summary>
    public static string NameOf(Encoding encoding) => encoding.CodePage switch
    {
        65001 => "UTF-8",
        1200 => "UTF-16",
        1201 => "UTF-16 (big endian)",
        _ => "Windows-1252"
    };

    private static Encoding? Mark(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null
    };

    // Keeps the beginning of a sequence that the next read continues.
    private static (bool Valid, int Kept) Check(byte[] buffer, int length)
    {
        var cut = length;
        for (var back = 1; back <= Math.Min(3, length); back++)
        {
            var b = buffer[length - back];
            if (b >= 0xC0)
            {
                var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                cut = needed > back ? length - back : length;
                break;
            }

            if (b < 0x80)
            {
                break;
            }
        }

        var valid = Utf8.IsValid(buffer.AsSpan(0, cut));
        buffer.AsSpan(cut, length - cut).CopyTo(buffer);
        return (valid, valid ? length - cut : 0);
    }
}
