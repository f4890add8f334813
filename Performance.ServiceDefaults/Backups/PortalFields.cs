using System.Globalization;
using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Backups;

/// <summary>Reads and writes the fields that the document's sections have in common.</summary>
public static class PortalFields
{
    private const int LongestName = 200;

    /// <summary>Clocks of two installations may differ by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>An instant, RFC 3339 with its offset, that is not in the future.</summary>
    public static DateTimeOffset Instant(string field, string? value, DateTimeOffset now) =>
        value is null ? throw new InvalidFieldException(field, "is missing")
        : !HasOffset(value) || !DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant)
            || instant.Year is < 1900 or >= 2200
            ? throw new InvalidFieldException(field, "is not an instant as yyyy-MM-ddThh:mm:ssZ")
        : instant > now + Skew ? throw new InvalidFieldException(field, "lies in the future")
        : instant;

    /// <summary>An instant, or null where nothing is given.</summary>
    public static DateTimeOffset? OptionalInstant(string field, string? value, DateTimeOffset now) =>
        string.IsNullOrEmpty(value) ? null : Instant(field, value, now);

    /// <summary>The user name of who did it.</summary>
    public static string By(string? value, string field = "by") => Input.Line(field, value, LongestName);

    /// <summary>Free text; an empty one says that it was erased.</summary>
    public static string ErasableProse(string field, string? value, int longest) =>
        value is { Length: 0 } ? "" : Input.Prose(field, value, longest);

    /// <summary>As the document carries instants.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Month(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    // Without an offset it would be read in the zone of this machine.
    private static bool HasOffset(string value) =>
        value.Length is > 16 and < 40 && value[4] == '-' && value[10] is 'T' or 't'
        && (value[^1] is 'Z' or 'z' || value[^6] is '+' or '-');
}
