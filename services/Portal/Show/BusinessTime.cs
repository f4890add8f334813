using System.Globalization;

namespace Performance.Portal.Show;

/// <summary>Dates as people of the business write them.</summary>
/// <param name="zone">The business time zone.</param>
/// <param name="clock">The clock.</param>
public sealed class BusinessTime(TimeZoneInfo zone, TimeProvider clock)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static BusinessTime From(IConfiguration configuration) => new(
        TimeZoneInfo.FindSystemTimeZoneById(configuration["Business:Zone"] ?? "America/Los_Angeles"),
        TimeProvider.System);

    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);

    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    public string ThisMonth => Now.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public string Date(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("MMM d, yyyy", English);

    public string Moment(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("MMM d, yyyy, h:mm tt", English);

    /// <summary>The instant to the second with its offset, for a tooltip.</summary>
    public string Exact(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>The instant at which a clock of the business shows this.</summary>
    public DateTimeOffset At(DateTime local) => new(local, zone.GetUtcOffset(local));

    /// <summary>What a clock of the business shows.</summary>
    public DateTime Clock(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    public string Ago(DateTimeOffset instant)
    {
        var seconds = (long)Math.Max(0, (clock.GetUtcNow() - instant).TotalSeconds);
        return seconds switch
        {
            < 2 => "just now",
            < 60 => $"{seconds} s ago",
            < 3600 => $"{seconds / 60} min ago",
            < 86400 => $"{seconds / 3600} h ago",
            _ => Date(instant)
        };
    }

    /// <summary><c>2026-11</c> as <c>Nov 2026</c>.</summary>
    public static string Month(string month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", out var first) ? first.ToString("MMM yyyy", English)
            : month;

    public static string Day(DateOnly date) => date.ToString("ddd, MMM d", English);

    public static string LongDay(DateOnly date) => date.ToString("dddd, MMMM d, yyyy", English);

    /// <summary>Months from this one back.</summary>
    public IReadOnlyList<string> LastMonths(int count) =>
        [.. Enumerable.Range(0, count).Select(
            back => Now.AddMonths(-back).ToString("yyyy-MM", CultureInfo.InvariantCulture))];
}
