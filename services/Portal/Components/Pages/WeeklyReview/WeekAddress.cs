using System.Globalization;

namespace Performance.Portal.Components.Pages.WeeklyReview;

/// <summary>An ISO week as the page's address and the API name it: <c>2026-W47</c>.</summary>
public readonly record struct WeekAddress(int Year, int Number)
{
    public const string Path = "/weekly-review";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public DateOnly Monday => DateOnly.FromDateTime(ISOWeek.ToDateTime(Year, Number, DayOfWeek.Monday));

    public DateOnly Sunday => Monday.AddDays(6);

    public static WeekAddress Of(DateOnly day)
    {
        var at = day.ToDateTime(TimeOnly.MinValue);
        return new WeekAddress(ISOWeek.GetYear(at), ISOWeek.GetWeekOfYear(at));
    }

    /// <summary>The week in an address, or null where it names none.</summary>
    public static WeekAddress? Parse(string? text) =>
        text is { Length: 8 } && text[4..6] == "-W"
        && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && year is >= 2000 and < 2200 && number >= 1 && number <= ISOWeek.GetWeeksInYear(year)
            ? new WeekAddress(year, number)
            : null;

    public WeekAddress Plus(int weeks) => Of(Monday.AddDays(7 * weeks));

    public string Href => $"{Path}?week={this}";

    /// <summary><c>Nov 16 – 22, 2026</c>.</summary>
    public string Words =>
        Monday.Month == Sunday.Month
            ? $"{Monday.ToString("MMM d", English)} – {Sunday.ToString("d, yyyy", English)}"
            : $"{Monday.ToString(Monday.Year == Sunday.Year ? "MMM d" : "MMM d, yyyy", English)} – "
                + Sunday.ToString("MMM d, yyyy", English);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-W{Number:D2}");
}
