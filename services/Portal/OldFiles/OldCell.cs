using System.Globalization;
using System.Text.RegularExpressions;

namespace Performance.Portal.OldFiles;

/// <summary>Reads what a browser or a person wrote: days, months, instants, percents. Null: it is none.</summary>
internal static partial class OldCell
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    // A page of a browser in the United States wrote them.
    private static readonly string[] Days =
        ["yyyy-MM-dd", "M/d/yyyy", "M/d/yy", "MMM d, yyyy", "MMMM d, yyyy", "dddd, MMMM d, yyyy", "ddd MMM dd yyyy"];

    private static readonly string[] Clocks =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss", "M/d/yyyy, h:mm:ss tt", "M/d/yyyy, h:mm tt", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt",
        "M/d/yyyy HH:mm", "MMM d, yyyy, h:mm tt"
    ];

    private static readonly string[] Months =
        ["yyyy-MM", "yyyy/MM", "M/yyyy", "MMM yyyy", "MMMM yyyy", "MMM-yy", "yyyyMM"];

    public static DateOnly? Day(string text, Func<DateTimeOffset, DateTime> clock) =>
        DateOnly.TryParseExact(text, Days, English, DateTimeStyles.AllowWhiteSpaces, out var day)
            ? IsOurs(day.Year) ? day : null
        : DateTime.TryParseExact(text, Clocks, English, DateTimeStyles.AllowWhiteSpaces, out var local)
            ? IsOurs(local.Year) ? DateOnly.FromDateTime(local) : null
        : WithOffset(text) is { } instant ? DateOnly.FromDateTime(clock(instant)) : null;

    /// <summary>As <c>2026-01</c>; a day is in its month.</summary>
    public static string? Month(string text, Func<DateTimeOffset, DateTime> clock)
    {
        var first = DateOnly.TryParseExact(text, Months, English, DateTimeStyles.AllowWhiteSpaces, out var month)
            ? month
            : Day(text, clock);
        return first is { } known && IsOurs(known.Year)
            ? known.ToString("yyyy-MM", CultureInfo.InvariantCulture)
            : null;
    }

    /// <param name="text">An instant; without an offset what a clock of the business showed; or a day, at its
    /// beginning.</param>
    /// <param name="zone">What a clock of the business shows, as an instant.</param>
    public static DateTimeOffset? Instant(string text, Func<DateTime, DateTimeOffset> zone) =>
        DateTime.TryParseExact(text, Clocks, English, DateTimeStyles.AllowWhiteSpaces, out var local)
            ? IsOurs(local.Year) ? zone(local) : null
        : DateOnly.TryParseExact(text, Days, English, DateTimeStyles.AllowWhiteSpaces, out var day)
            ? IsOurs(day.Year) ? zone(day.ToDateTime(TimeOnly.MinValue)) : null
        : WithOffset(text);

    public static decimal? Percent(string text) =>
        decimal.TryParse(
            text.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? percent : null;

    // Another year is a slip of the pen, or no date at all.
    private static bool IsOurs(int year) => year is >= 2000 and < 2100;

    // ISO 8601, or milliseconds since 1970 as a browser counts them.
    private static DateTimeOffset? WithOffset(string text)
    {
        if (Milliseconds().IsMatch(text))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture));
        }

        return Iso().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && IsOurs(instant.Year) ? instant.ToUniversalTime() : null;
    }

    [GeneratedRegex(@"^1[0-9]{12}$")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})$")]
    private static partial Regex Iso();
}
