using System.Globalization;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Reviews;

/// <summary>A week as ISO 8601 counts them, Monday to Sunday: <c>2026-W47</c>.</summary>
internal readonly record struct IsoWeek(int Year, int Number)
{
    public DateOnly Monday => DateOnly.FromDateTime(ISOWeek.ToDateTime(Year, Number, DayOfWeek.Monday));

    public DateOnly Sunday => Monday.AddDays(6);

    /// <summary>The week in a path, or 400: a year has a week 53 only now and then.</summary>
    public static IsoWeek Read(string field, string value) =>
        value.Length == 8 && value[4..6] == "-W"
        && int.TryParse(value[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && int.TryParse(value[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && year is >= 1900 and < 2200 && number >= 1 && number <= ISOWeek.GetWeeksInYear(year)
            ? new IsoWeek(year, number)
            : throw new InvalidFieldException(field, "is not a week as yyyy-Www between 1900 and 2199");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-W{Number:D2}");
}
