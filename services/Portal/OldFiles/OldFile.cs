using System.Text.Json;

namespace Performance.Portal.OldFiles;

/// <summary>
/// What was found in a file of the old portal, whose inner layout nobody wrote down. Any bytes are read: those that
/// cannot be used give a problem in words.
/// </summary>
/// <param name="Problem">Why the file cannot be used; null: it can.</param>
/// <param name="IsBackup">It is a backup of this portal after all.</param>
/// <param name="Collections">Entries by place, the most first.</param>
public sealed record OldFile(string? Problem, bool IsBackup, IReadOnlyList<OldCollection> Collections)
{
    public const long LargestSize = 30 * 1024 * 1024;
    public const string BackupFormat = "performance-portal-data";

    public static OldFile Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > LargestSize)
        {
            return Unusable($"It is larger than {LargestSize / 1024 / 1024} MB.");
        }

        var text = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        if (BoundedJson.ProblemIn(text.Span) is { } problem)
        {
            return Unusable(problem);
        }

        using var document = JsonDocument.Parse(text, BoundedJson.Options);
        // Cloned, so that what is shown later does not hang on rented memory.
        var root = document.RootElement.Clone();
        if (root.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return Unusable("It holds a single value, no entries.");
        }

        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.String && format.ValueEquals(BackupFormat))
        {
            return new OldFile(null, true, []);
        }

        var finder = new CollectionFinder();
        finder.Visit(root);
        return finder.Problem is { } found ? Unusable(found)
            : finder.Collections.Count == 0 ? Unusable("No list of entries was found in it.")
            : new OldFile(null, false, finder.Collections);
    }

    private static OldFile Unusable(string problem) => new(problem, false, []);
}
