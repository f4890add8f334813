using Microsoft.AspNetCore.Mvc;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Imports;

/// <summary>
/// <c>POST /api/tickets/imports/preview</c>: what an import would understand of a file, so that a person can correct
/// the mapping first. Nothing is kept.
/// </summary>
internal static class PreviewImport
{
    private const int Rows = 20;

    /// <param name="Profile">Detected, remembered or given; null where a mapping is needed.</param>
    /// <param name="Encoding">The text's encoding.</param>
    /// <param name="Delimiter">Between fields.</param>
    /// <param name="Headers">The columns.</param>
    /// <param name="Mapping">What would be used, or a guess to complete.</param>
    /// <param name="Problem">Why the mapping cannot be used yet.</param>
    /// <param name="Items">The first rows as understood.</param>
    /// <param name="RefusedItems">Those of them that would be refused.</param>
    internal sealed record Answer(
        string? Profile,
        string Encoding,
        string Delimiter,
        IReadOnlyList<string> Headers,
        ImportMapping Mapping,
        string? Problem,
        IReadOnlyList<ImportRow> Items,
        IReadOnlyList<RefusedRow> RefusedItems);

    public static void Map(IEndpointRouteBuilder routes, ImportLimits limits) => routes
        .MapPost("/api/tickets/imports/preview", async (
            HttpRequest request, SourceSettings sources, CancellationToken cancel) =>
        {
            await using var copy = new FileStream(
                Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            var upload = await UploadReader.ReadAsync(request, async file =>
            {
                await file.CopyToAsync(copy, cancel);
                return copy.Length;
            }, cancel);
            try
            {
                return await ReadAsync(copy, upload.Mapping, await sources.MappingsAsync(cancel), limits, cancel);
            }
            catch (ImportFailedException e)
            {
                throw new InvalidFieldException(e.Field, e.Message);
            }
        })
        .RequireAuthorization(Policies.Supervision)
        .WithMetadata(new RequestSizeLimitAttribute(limits.LargestUpload))
        .WithName("PreviewImport");

    private static async Task<Answer> ReadAsync(
        FileStream copy,
        ImportMapping? given,
        IReadOnlyList<ImportMapping> remembered,
        ImportLimits limits,
        CancellationToken cancel)
    {
        using var text = await ImportText.OpenAsync(() => Rewound(copy), limits, cancel);
        using var table = await CsvTable.OpenAsync(text.Reader, cancel);
        var encoding = TextEncoding.NameOf(text.Encoding);
        var delimiter = table.Delimiter.ToString();
        ImportMapping mapping;
        IRowReader reader;
        try
        {
            mapping = ImportFile.MappingFor(table.Headers, given, remembered);
            reader = ImportFile.RowsOf(table, mapping);
        }
        catch (ImportFailedException e)
        {
            var guess = given ?? EventLogGuess.From(table.Headers);
            return new Answer(guess.Profile, encoding, delimiter, table.Headers, guess, e.Message, [], []);
        }

        var items = new List<ImportRow>();
        var refusedItems = new List<RefusedRow>();
        while (items.Count + refusedItems.Count < Rows && await table.ReadAsync(cancel))
        {
            var (row, refused) = reader.Read();
            if (row is not null)
            {
                items.Add(row);
            }
            else
            {
                refusedItems.Add(refused!);
            }
        }

        return new Answer(mapping.Profile, encoding, delimiter, table.Headers, mapping, null, items, refusedItems);
    }

    // Each reader begins at the beginning, and none closes the file.
    private static Stream Rewound(FileStream copy)
    {
        copy.Position = 0;
        return new UnclosedStream(copy);
    }
}
