using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Backups;

/// <summary>
/// Reads a document that was sent as <c>application/json</c>, or as <c>file</c> of a <c>multipart/form-data</c>.
/// </summary>
public static class PortalUpload
{
    /// <summary>Bytes that are accepted: years of a company of 500.</summary>
    public const long Largest = 128 * 1024 * 1024;

    private const int LongestBoundary = 200;

    /// <exception cref="InvalidFieldException">There is no document, or another one.</exception>
    /// <exception cref="JsonException">A member has the wrong type; its path says which.</exception>
    public static async Task<PortalData> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            return type?.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) == true
                ? await ParseAsync(request.Body, cancel)
                : throw new InvalidFieldException("body", "is neither JSON nor multipart/form-data");
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw new InvalidFieldException("body", "is no multipart/form-data");
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)
                    && HeaderUtilities.RemoveQuotes(part.Name) == "file")
                {
                    return await ParseAsync(section.Body, cancel);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new InvalidFieldException("body", "is no complete multipart/form-data");
        }

        throw new InvalidFieldException("file", "is missing");
    }

    private static async Task<PortalData> ParseAsync(Stream json, CancellationToken cancel)
    {
        var data = await JsonSerializer.DeserializeAsync<PortalData>(json, PortalData.Json, cancel)
            ?? throw new InvalidFieldException("body", "is null");
        return data.Format != PortalData.FormatName
            ? throw new InvalidFieldException("format", $"is not {PortalData.FormatName}")
            : data.Version != PortalData.SchemaVersion
                ? throw new InvalidFieldException("version", $"is not {PortalData.SchemaVersion}")
                : data;
    }
}
