using System.Text.Json;
using System.Text.Unicode;

namespace Performance.Portal.OldFiles;

/// <summary>Looks through JSON once before anything is kept of it, so that a hostile file costs no more than
/// this.</summary>
internal static class BoundedJson
{
    private const int Deepest = 32;
    private const int MostTokens = 4_000_000;

    public static JsonDocumentOptions Options { get; } = new()
    {
        MaxDepth = Deepest, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip
    };

    /// <summary>In words; null: it can be parsed, and every text in it can be read.</summary>
    public static string? ProblemIn(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return "It is no text in UTF-8.";
        }

        var reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            MaxDepth = Deepest, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip
        });
        try
        {
            for (var tokens = 1; reader.Read(); tokens++)
            {
                if (tokens > MostTokens)
                {
                    return $"It holds more than {MostTokens / 1_000_000} million values.";
                }

                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return reader.CurrentDepth >= Deepest - 1
                ? $"It is nested more than {Deepest} deep."
                : $"It is no valid JSON (line {(e.LineNumber ?? 0) + 1}).";
        }
        catch (InvalidOperationException)
        {
            return $"It holds a text that is half a character (byte {reader.TokenStartIndex}).";
        }
    }
}
