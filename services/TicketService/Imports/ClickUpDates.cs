using System.Globalization;
using System.Text.RegularExpressions;

namespace Performance.Tickets.Imports;

/// <summary>
/// The forms in which ClickUp writes an instant: <c>Monday, June 2nd 2025, 12:48:50 pm +08:00</c>,
/// <c>9/23/2025, 12:51:40 PM GMT+5:30</c>, milliseconds since 1970, ISO 8601.
/// </summary>
internal static partial class ClickUpDates
{
    /// <summary>Null where the text is none of them.</summary>
    public static DateTimeOffset? Read(string text) =>
        Long(text) ?? Short(text) ?? Epoch(text) ?? Iso(text);

    /// <summary>Whether a spreadsheet has rounded the milliseconds, as in <c>1.73164E+12</c>.</summary>
    public static bool IsRoundedEpoch(string text) => text.Contains('E', StringComparison.OrdinalIgnoreCase)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static DateTimeOffset? Long(string text)
    {
        var match = LongForm().Match(text);
        return match.Success
            ? Combine(
                $"{match.Groups["day"].Value} {match.Groups["month"].Value[..3]} {match.Groups["year"].Value}",
                "d MMM yyyy", match)
            : null;
    }

    private static DateTimeOffset? Short(string text)
    {
        var match = ShortForm().Match(text);
        return match.Success ? Combine(match.Groups["date"].Value, "M/d/yyyy", match) : null;
    }

    private static DateTimeOffset? Combine(string date, string format, Match match)
    {
        var half = match.Groups["half"].Value.ToUpperInvariant();
        var time = match.Groups["time"].Value + (half.Length > 0 ? " " + half : "");
        string[] times = half.Length > 0 ? ["h:mm:ss tt", "h:mm tt"] : ["H:mm:ss", "H:mm"];
        return DateTime.TryParseExact(date, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && DateTime.TryParseExact(time, times, CultureInfo.InvariantCulture,
                DateTimeStyles.NoCurrentDateDefault, out var clock)
            && Offset(match) is { } offset
            ? Within(day, clock.TimeOfDay, offset)
            : null;
    }

    private static DateTimeOffset? Within(DateTime day, TimeSpan clock, TimeSpan offset) =>
        day.Year is >= 1970 and <= 2100 ? new DateTimeOffset(day + clock, offset).ToUniversalTime() : null;

    // +08:00, GMT+5:30, GMT-7; a bare GMT or Z is none.
    private static TimeSpan? Offset(Match match)
    {
        if (!match.Groups["hours"].Success)
        {
            return TimeSpan.Zero;
        }

        var hours = int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = match.Groups["minutes"].Success
            ? int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
        if (hours > 14 || minutes > 59 || (hours == 14 && minutes > 0))
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return match.Groups["sign"].Value is "-" or "−" ? -offset : offset;
    }

    private static DateTimeOffset? Epoch(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds is >= 0 and < 4_133_980_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : null;

    private static DateTimeOffset? Iso(string text) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz"],
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        ? InstantReader.Sensible(instant)
        : null;

    [GeneratedRegex("""
        ^(?:[A-Za-z]+,\s*)?(?<month>[A-Za-z]{3,9})\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4}),?\s+
        (?<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\s*(?<half>[ap]m))?
        (?:\s*(?:GMT|UTC|Z|(?:GMT|UTC)?(?<sign>[+\-−])(?<hours>\d{1,2}):?(?<minutes>\d{2})?))$
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LongForm();

    [GeneratedRegex("""
        ^(?<date>\d{1,2}/\d{1,2}/\d{4}),?\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\s*(?<half>[ap]m))?
        \s*(?:GMT|UTC|Z|(?:GMT|UTC)?(?<sign>[+\-−])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?)$
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ShortForm();
}
