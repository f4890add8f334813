using System.Globalization;

namespace Performance.Tickets.Activity;

/// <summary>Instants as CloudEvents carry them.</summary>
internal static class Instants
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd't'HH:mm:ss.FFFFFFF'z'"];

    /// <summary>RFC 3339 with offset, in UTC; null for anything else.</summary>
    public static DateTimeOffset? Rfc3339(string text) => DateTimeOffset.TryParseExact(
        Shortened(text), Forms, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
        ? instant
        : null;

    // Nanoseconds are cut to what a DateTimeOffset holds.
    private static string Shortened(string text)
    {
        const int digits = 7;
        var dot = text.IndexOf('.');
        if (dot < 0)
        {
            return text;
        }

        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot - 1 > digits ? text.Remove(dot + 1 + digits, end - dot - 1 - digits) : text;
    }
}
