using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;

namespace Performance.Scoring.Settings;

/// <summary>Where an instant falls on the business's calendar. All zones are NodaTime's.</summary>
internal sealed class BusinessZone
{
    private static readonly ConcurrentDictionary<string, BusinessZone> Known = new();
    private readonly DateTimeZone zone;

    private BusinessZone(DateTimeZone zone) => this.zone = zone;

    /// <summary>The names of the days of the week, Monday first; a day's number is its place, from 1.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static BusinessZone Of(string id) =>
        Known.GetOrAdd(id, i => new BusinessZone(DateTimeZoneProviders.Tzdb[i]));

    public static bool Exists(string? id) =>
        id is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null;

    public DateOnly DayOf(DateTimeOffset at) => In(at).Date.ToDateOnly();

    public int HourOf(DateTimeOffset at) => In(at).Hour;

    /// <summary>The same instant with the offset of the zone.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => In(at).ToDateTimeOffset();

    /// <summary>The first instant of a day, also where midnight does not exist.</summary>
    public DateTimeOffset StartOf(DateOnly day) =>
        zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToInstant().ToDateTimeOffset();

    /// <summary>Months as one number, so that they can be compared and stored: year x 12 + month - 1.</summary>
    public static int MonthNumber(DateOnly day) => (day.Year * 12) + day.Month - 1;

    public static DateOnly MonthOf(int number) => new(number / 12, (number % 12) + 1, 1);

    /// <summary>ISO week as year x 100 + week.</summary>
    public static int WeekNumber(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return (ISOWeek.GetYear(date) * 100) + ISOWeek.GetWeekOfYear(date);
    }

    public static int WeekdayNumber(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;

    public static DateOnly MondayOf(int weekNumber) =>
        DateOnly.FromDateTime(ISOWeek.ToDateTime(weekNumber / 100, weekNumber % 100, DayOfWeek.Monday));

    private ZonedDateTime In(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(zone);
}
