using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Performance.Scoring.Live;
using Performance.Scoring.Settings;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>The filters of scorecard.md section 7: AND across them, OR inside one.</summary>
internal sealed partial record Filters(
    IReadOnlyList<int> Months,
    IReadOnlyList<int> Weeks,
    IReadOnlyList<int> Weekdays,
    IReadOnlyList<Guid?> Assignees,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> States,
    IReadOnlyList<string> Statuses,
    bool Coached)
{
    private const int MostValues = 500;
    private const int LongestValue = 500;

    public static Filters None { get; } = new([], [], [], [], [], [], [], false);

    /// <summary>Teams, as the directory has them today; an empty one: the agents without a team.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Whether something other than dates, assignees and teams narrows the tickets.</summary>
    public bool NarrowsTickets => Types.Count > 0 || States.Count > 0 || Statuses.Count > 0 || Coached;

    /// <summary>Reads the query string; a malformed value is refused with its field.</summary>
    public static Filters From(IQueryCollection query) => new(
        Each(query, "month", Month),
        Each(query, "week", Week),
        Each(query, "day", Weekday),
        Each(query, "assignee", Assignee),
        Texts(query, "type"),
        Texts(query, "state"),
        Texts(query, "status"),
        query["coached"] is { Count: > 0 } coached && Input.Flag("coached", Single("coached", coached)))
    {
        Teams = Texts(query, "team")
    };

    /// <summary>Whether the date filters let a business day through.</summary>
    public bool HasDate(DateOnly day) =>
        (Months.Count == 0 || Months.Contains(BusinessZone.MonthNumber(day)))
        && (Weeks.Count == 0 || Weeks.Contains(BusinessZone.WeekNumber(day)))
        && (Weekdays.Count == 0 || Weekdays.Contains(BusinessZone.WeekdayNumber(day)));

    /// <summary>First day of what the date filters let through; null: from the beginning.</summary>
    public DateOnly? FirstDay()
    {
        DateOnly? ofMonths = Months.Count == 0 ? null : BusinessZone.MonthOf(Months.Min());
        DateOnly? ofWeeks = Weeks.Count == 0 ? null : BusinessZone.MondayOf(Weeks.Min());
        return ofMonths > ofWeeks ? ofMonths : ofWeeks ?? ofMonths;
    }

    /// <summary>Last day of what the date filters let through; null: open-ended.</summary>
    public DateOnly? LastDay()
    {
        DateOnly? lastOfMonths = Months.Count == 0 ? null
            : BusinessZone.MonthOf(Months.Max()).AddMonths(1).AddDays(-1);
        DateOnly? lastOfWeeks = Weeks.Count == 0 ? null : BusinessZone.MondayOf(Weeks.Max()).AddDays(6);
        return (lastOfMonths, lastOfWeeks) switch
        {
            ({ } a, { } b) => a < b ? a : b,
            _ => lastOfMonths ?? lastOfWeeks
        };
    }

    /// <summary>The months whose attendance is in scope; null: every month.</summary>
    public IReadOnlySet<int>? AttendanceMonths()
    {
        var ofWeeks = Weeks.Select(BusinessZone.MondayOf)
            .SelectMany(monday => Enumerable.Range(0, 7).Select(d => BusinessZone.MonthNumber(monday.AddDays(d))))
            .ToHashSet();
        return (Months.Count, Weeks.Count) switch
        {
            (0, 0) => null,
            (_, 0) => Months.ToHashSet(),
            (0, _) => ofWeeks,
            _ => Months.Where(ofWeeks.Contains).ToHashSet()
        };
    }

    /// <summary>The values of a repeatable field of free text.</summary>
    public static IReadOnlyList<string> Texts(IQueryCollection query, string field) =>
        Each(query, field, (_, text) => text);

    private static IReadOnlyList<T> Each<T>(IQueryCollection query, string field, Func<string, string, T> read)
    {
        var values = query[field];
        if (values.Count > MostValues)
        {
            throw new InvalidFieldException(field, $"is given more than {MostValues} times");
        }

        return [.. values.Select(v => read(field, Plain(field, v ?? ""))).Distinct()];
    }

    private static string Plain(string field, string value) =>
        value.Length > LongestValue ? throw new InvalidFieldException(field, $"has more than {LongestValue} characters")
        : value.Contains('\0') || value.Any(char.IsSurrogate) && !IsWellFormed(value)
            ? throw new InvalidFieldException(field, "is not valid text")
        : value;

    private static bool IsWellFormed(string value)
    {
        try
        {
            _ = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(value);
            return true;
        }
        catch (System.Text.EncoderFallbackException)
        {
            return false;
        }
    }

    private static string? Single(string field, StringValues values) =>
        values.Count == 1 ? values[0] : throw new InvalidFieldException(field, "is given more than once");

    private static int Month(string field, string text) => BusinessZone.MonthNumber(Input.Month(field, text));

    private static int Week(string field, string text)
    {
        if (WeekPattern().Match(text) is { Success: true } match)
        {
            var year = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var week = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            if (year is >= 1900 and < 2200 && week >= 1 && week <= ISOWeek.GetWeeksInYear(year))
            {
                return (year * 100) + week;
            }
        }

        throw new InvalidFieldException(field, "is not an ISO week such as 2026-W23");
    }

    private static int Weekday(string field, string text)
    {
        for (var i = 0; i < BusinessZone.Weekdays.Count; i++)
        {
            if (string.Equals(BusinessZone.Weekdays[i], text, StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        throw new InvalidFieldException(field, "is not one of " + string.Join(", ", BusinessZone.Weekdays));
    }

    private static Guid? Assignee(string field, string text) =>
        text == Changes.Unassigned ? null : Input.Id(field, text);

    [GeneratedRegex(@"^([0-9]{4})-W([0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex WeekPattern();
}
