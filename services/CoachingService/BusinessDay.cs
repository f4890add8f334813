using System.Globalization;

namespace Performance.Coaching;

/// <summary>Days and instants as people of the business write them: setting <c>Business:Zone</c>.</summary>
internal sealed class BusinessDay(IConfiguration configuration)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private readonly TimeZoneInfo zone =
        TimeZoneInfo.FindSystemTimeZoneById(configuration["Business:Zone"] ?? "America/Los_Angeles");

    public DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary><c>Nov 16, 2026, 3:15 PM</c>.</summary>
    public string Moment(DateTimeOffset instant) => Local(instant).ToString("MMM d, yyyy, h:mm tt", English);

    /// <summary><c>Nov 16, 2026</c>.</summary>
    public static string Short(DateOnly date) => date.ToString("MMM d, yyyy", English);

    /// <summary><c>Monday, November 16, 2026</c>.</summary>
    public static string Long(DateOnly date) => date.ToString("dddd, MMMM d, yyyy", English);

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
}
