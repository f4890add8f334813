using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>One of the dashboard's filters: how it reads, what may be chosen, and its place in the address.</summary>
public sealed record FilterKind(
    string Name,
    Func<ScorecardFilter, IReadOnlyList<string>> Get,
    Func<ScorecardFilter, IReadOnlyList<string>, ScorecardFilter> Set,
    Func<FilterChoices, IEnumerable<Choice>> Choices)
{
    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static IReadOnlyList<FilterKind> All { get; } =
    [
        new("Month", f => f.Months, (f, v) => f with { Months = v },
            c => c.Months.Select(m => new Choice(m, BusinessTime.Month(m)))),
        new("Week", f => f.Weeks, (f, v) => f with { Weeks = v }, c => c.Weeks.Select(w => new Choice(w, Week(w)))),
        new("Day", f => f.Days, (f, v) => f with { Days = v }, _ => Weekdays.Select(d => new Choice(d, LongDay(d)))),
        new("Assignee", f => f.Assignees, (f, v) => f with { Assignees = v },
            c => c.Assignees.Select(a => new Choice(a.AgentId?.ToString() ?? IScoringApi.Unassigned, a.Name))),
        new("Type", f => f.Types, (f, v) => f with { Types = v }, c => Plain(c.Types)),
        new("State", f => f.States, (f, v) => f with { States = v }, c => Plain(c.States)),
        new("Status", f => f.Statuses, (f, v) => f with { Statuses = v }, c => Plain(c.Statuses))
    ];

    /// <summary>Comes from links of the department's page; it is shown and removed, but not chosen.</summary>
    public static FilterKind Team { get; } =
        new("Team", f => f.Teams, (f, v) => f with { Teams = v }, _ => []);

    public static IReadOnlyList<FilterKind> Shown { get; } = [.. All, Team];

    /// <summary>Those that a productivity log knows: dates and people.</summary>
    public static IReadOnlyList<FilterKind> OfLogs { get; } = [.. All.Take(4)];

    public static FilterChoices NoChoices { get; } = new([], [], [], [], [], []);

    public ScorecardFilter Toggle(ScorecardFilter filter, string value)
    {
        var now = Get(filter);
        return Set(filter, now.Contains(value) ? [.. now.Where(v => v != value)] : [.. now, value]);
    }

    private static IEnumerable<Choice> Plain(IEnumerable<string> values) =>
        values.Select(v => new Choice(v, v.Length > 0 ? v : "(none)"));

    private static string LongDay(string day) =>
        CultureInfo.InvariantCulture.DateTimeFormat.DayNames.First(n => n.StartsWith(day, StringComparison.Ordinal));

    private static string Week(string week)
    {
        if (week.Split("-W") is not [var year, var number]
            || !int.TryParse(year, out var y) || !int.TryParse(number, out var n) || n is < 1 or > 53)
        {
            return week;
        }

        var monday = ISOWeek.ToDateTime(y, n, DayOfWeek.Monday);
        return $"W{number}, {monday.ToString("MMM d, yyyy", CultureInfo.GetCultureInfo("en-US"))}";
    }
}
