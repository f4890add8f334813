using System.Globalization;
using System.Text.RegularExpressions;

namespace Performance.Tickets.Imports;

/// <summary>What ClickUp writes into cells that hold several values, or a length of time.</summary>
internal static partial class ClickUpCells
{
    /// <summary><c>[A, B]</c>, <c>[]</c>, or one value without brackets.</summary>
    public static IReadOnlyList<string> List(string? cell)
    {
        var text = cell?.Trim() ?? "";
        return text.StartsWith('[') && text.EndsWith(']') && text.Length >= 2
            ? Split(text[1..^1])
            : text.Length == 0 ? [] : [text];
    }

    /// <summary>Labels of a column: one for each entry, without repeats within the cell.</summary>
    public static IReadOnlyList<string> Labels(string header, string? cell)
    {
        var text = cell?.Trim() ?? "";
        var several = header.TrimEnd().EndsWith("(labels)", StringComparison.OrdinalIgnoreCase);
        var entries = several && !text.StartsWith('[') ? Split(text) : List(text);
        return [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Tags that say rejected.</summary>
    public static IEnumerable<string> RejectionTags(string? cell) =>
        Labels("tags (labels)", cell).Where(t => t.StartsWith("rej", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Hours of <c>Time In Status</c>: a number of hours, <c>hh:mm</c> or <c>hh:mm:ss</c>, or parts such as
    /// <c>7d 3h 20m</c>; null for anything else.
    /// </summary>
    public static double? Hours(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return Sensible(number);
        }

        var clock = Clock().Match(text);
        if (clock.Success)
        {
            return Sensible(Number(clock.Groups["h"]) + (Number(clock.Groups["m"]) / 60));
        }

        var parts = Parts().Match(text);
        return parts.Success && parts.Length > 0
            ? Sensible((Number(parts.Groups["w"]) * 168) + (Number(parts.Groups["d"]) * 24)
                + Number(parts.Groups["h"]) + (Number(parts.Groups["m"]) / 60))
            : null;
    }

    private static double? Sensible(double hours) => hours is >= 0 and < 1_000_000 ? hours : null;

    private static double Number(Group group) =>
        group.Success ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static string[] Split(string text) => text.Split(
        ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^(?<h>\d{1,6}):(?<m>\d{2})(:\d{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex("""
        ^(?:(?<w>\d{1,6})\s*w\w*[\s,]*)?(?:(?<d>\d{1,6})\s*d\w*[\s,]*)?(?:(?<h>\d{1,6})\s*h\w*[\s,]*)?
        (?:(?<m>\d{1,6})\s*m\w*[\s,]*)?(?:\d{1,6}\s*s\w*)?$
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parts();
}
