using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Imports;

/// <summary>What came with an upload beside the file.</summary>
internal sealed record Upload(string? FileName, long Size, ImportMapping? Mapping);

/// <summary>Reads <c>multipart/form-data</c> with <c>file</c> and optional <c>mapping</c>, in either order, as it
/// comes.</summary>
internal static class UploadReader
{
    private const int LongestBoundary = 200;
    private const int LongestName = 200;

    /// <param name="request">The request.</param>
    /// <param name="store">Stores the file's bytes and answers how many there were.</param>
    /// <param name="cancel">Cancels reading.</param>
    /// <exception cref="InvalidFieldException">A part is missing or wrong.</exception>
    public static async Task<Upload> ReadAsync(
        HttpRequest request, Func<Stream, Task<long>> store, CancellationToken cancel)
    {
        var reader = new MultipartReader(Boundary(request), request.Body);
        string? name = null;
        long? size = null;
        ImportMapping? mapping = null;
        try
        {
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                switch (PartName(section, out var fileName))
                {
                    case "file" when size is null:
                        name = Shortened(fileName);
                        size = await store(section.Body);
                        break;
                    case "file":
                        throw new InvalidFieldException("file", "is given twice");
                    case "mapping" when mapping is null:
                        mapping = await MappingAsync(section.Body, cancel);
                        break;
                    case "mapping":
                        throw new InvalidFieldException("mapping", "is given twice");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new InvalidFieldException("body", "is no complete multipart/form-data");
        }

        return size is { } length
            ? new Upload(name, length, mapping)
            : throw new InvalidFieldException("file", "is missing");
    }

    private static string Boundary(HttpRequest request)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        return boundary is { Length: > 0 and <= LongestBoundary }
            ? boundary
            : throw new InvalidFieldException("body", "is no multipart/form-data");
    }

    private static string? PartName(MultipartSection section, out string? fileName)
    {
        fileName = null;
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            return null;
        }

        fileName = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return HeaderUtilities.RemoveQuotes(disposition.Name).Value;
    }

    private static async Task<ImportMapping?> MappingAsync(Stream body, CancellationToken cancel)
    {
        var buffer = new byte[ImportLimits.LargestMapping + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (length > ImportLimits.LargestMapping)
        {
            throw new InvalidFieldException("mapping", $"is larger than {ImportLimits.LargestMapping} bytes");
        }

        var json = Encoding.UTF8.GetString(buffer, 0, length).TrimStart('\uFEFF');
        return string.IsNullOrWhiteSpace(json) ? null : MappingJson.Read(json);
    }

    // Only shown to people; never a path.
    private static string? Shortened(string? fileName)
    {
        var name = string.Concat((fileName ?? "").Split('/', '\\')[^1].Where(c => !char.IsControl(c)));
        return name.Length == 0 ? null : name[..Math.Min(name.Length, LongestName)];
    }
}
