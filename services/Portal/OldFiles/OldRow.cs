using System.Globalization;
using System.Text.Json;

namespace Performance.Portal.OldFiles;

/// <summary>One entry of the file: an object, or a value under a key, with the keys that led to it and the entry in
/// which it lies.</summary>
/// <param name="Own">The object or the value.</param>
/// <param name="Keys">Names and ids under which it was found, outermost first.</param>
/// <param name="Within">The entry around it, whose values count for it too; null: none.</param>
public sealed record OldRow(JsonElement Own, IReadOnlyList<string> Keys, OldRow? Within)
{
    /// <summary>The column of a value that stands under a key without an object of its own.</summary>
    public const string Value = "value";

    private const string KeyPrefix = "key ";

    public static string Key(int number) => KeyPrefix + number.ToString(CultureInfo.InvariantCulture);

    public static bool IsKey(string column) => KeyNumber(column) > 0;

    /// <summary>What stands in a column as text; null: nothing.</summary>
    public string? Text(string column)
    {
        if (KeyNumber(column) is > 0 and var number)
        {
            return number <= Keys.Count ? Keys[number - 1] : null;
        }

        for (var row = this; row is not null; row = row.Within)
        {
            if (row.OwnText(column) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) => text.Trim(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null
    };

    private string? OwnText(string column)
    {
        if (Own.ValueKind != JsonValueKind.Object)
        {
            return column == Value ? Text(Own) : null;
        }

        if (Own.TryGetProperty(column, out var value))
        {
            return Text(value);
        }

        // A column of a small object inside: "actionItem.text".
        return column.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && Own.TryGetProperty(column[..dot], out var inner) && inner.ValueKind == JsonValueKind.Object
            && inner.TryGetProperty(column[(dot + 1)..], out value)
                ? Text(value)
                : null;
    }

    private static int KeyNumber(string column) =>
        column.StartsWith(KeyPrefix, StringComparison.Ordinal)
        && int.TryParse(column.AsSpan(KeyPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : 0;
}
