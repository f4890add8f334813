using System.IO.Compression;
using System.Text;

namespace Performance.Tickets.Imports;

/// <summary>An uploaded file as text: unpacked if it is a zip, in the encoding that it turns out to be in.</summary>
internal sealed class ImportText : IDisposable
{
    private readonly ZipArchive? zip;
    private readonly BoundedStream bytes;

    private ImportText(ZipArchive? zip, BoundedStream bytes, Encoding encoding, long length)
    {
        this.zip = zip;
        this.bytes = bytes;
        Encoding = encoding;
        Length = length;
        Reader = new StreamReader(bytes, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 128 * 1024);
    }

    public Encoding Encoding { get; }

    public StreamReader Reader { get; }

    /// <summary>Bytes of the unpacked text.</summary>
    public long Length { get; }

    /// <summary>How much of it has been read, from 0 to 1.</summary>
    public double Progress => Length == 0 ? 1 : (double)bytes.Count / Length;

    /// <summary>Opens a file; the whole of it is read once to tell its encoding.</summary>
    /// <param name="open">Opens the upload, seekable, each time anew.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="cancel">Cancels reading.</param>
    /// <exception cref="ImportFailedException">It is a zip without one readable text.</exception>
    public static async Task<ImportText> OpenAsync(Func<Stream> open, ImportLimits limits, CancellationToken cancel)
    {
        try
        {
            var (encoding, length) = await DetectAsync(open, limits, cancel);
            var (zip, bytes) = Unpack(open(), limits);
            return new ImportText(zip, bytes, encoding, length);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw new ImportFailedException("file", "is a zip that is damaged, or packed in a way not known here");
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        zip?.Dispose();
    }

    private static async Task<(Encoding Encoding, long Length)> DetectAsync(
        Func<Stream> open, ImportLimits limits, CancellationToken cancel)
    {
        var (zip, bytes) = Unpack(open(), limits);
        using (zip)
        await using (bytes)
        {
            return await TextEncoding.DetectAsync(bytes, cancel);
        }
    }

    private static (ZipArchive? Zip, BoundedStream Bytes) Unpack(Stream upload, ImportLimits limits)
    {
        Span<byte> start = stackalloc byte[4];
        var length = upload.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        upload.Position = 0;
        if (length < start.Length || start is not [(byte)'P', (byte)'K', 3 or 5, 4 or 6])
        {
            return (null, new BoundedStream(upload, limits.LargestText));
        }

        var zip = new ZipArchive(upload, ZipArchiveMode.Read);
        var files = zip.Entries.Where(e => e.Name.Length > 0 && !e.FullName.StartsWith("__MACOSX/")).ToArray();
        return files is [var file]
            ? (zip, new BoundedStream(file.Open(), limits.Unpacked(upload.Length)))
            : throw new ImportFailedException("file", $"is a zip with {files.Length} files; one CSV is expected");
    }
}
