using System.Globalization;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>How a cell looks.</summary>
public enum CellKind
{
    Count,
    Rate,
    Number,
    Attendance,
    DailyAvg,
    Score,
    Grade
}

/// <summary>A column of the scorecard (scorecard.md section 2).</summary>
/// <param name="Id">Its name in the API and in the address.</param>
/// <param name="Group">The head over it and its neighbours.</param>
/// <param name="Head">The short head.</param>
/// <param name="Name">The whole name, for tooltips, screen readers, the chooser and the CSV.</param>
public sealed record ScorecardColumn(
    string Id, string Group, string Head, string Name, CellKind Kind, int Width, Func<ScorecardRow, object?> Value)
{
    public const string Agent = "name";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static TableOrder ByName { get; } = new(Agent);

    public string? Help { get; init; }

    public static IReadOnlyList<ScorecardColumn> All { get; } =
    [
        new("allocated", "Volume", "Allocated", "Allocated", CellKind.Count, 64, r => r.Allocated),
        new("onHold", "Volume", "On hold", "On hold", CellKind.Count, 46, r => r.OnHold),
        new("firstPass", "First pass", "First-pass", "First-pass", CellKind.Count, 54, r => r.FirstPass)
            { Help = "Processed without any rejection" },
        new("failedFirstPass", "First pass", "Failed first-pass", "Failed first-pass", CellKind.Count, 56, r =>
            r.FailedFirstPass)
            { Help = "Processed, but sent back at least once" },
        new("firstPassRate", "First pass", "Rate %", "First-pass rate %", CellKind.Rate, 50, r => r.FirstPassRate)
            { Help = "First-pass of allocated" },
        new("failedFirstPassRate", "First pass", "Failed %", "Failed first-pass rate %", CellKind.Rate, 54,
            r => r.FailedFirstPassRate) { Help = "Failed first-pass of processed: decides the grade" },
        new("rejected", "Rejections", "Rejected", "Rejected tickets", CellKind.Count, 58, r => r.Rejected),
        new("rejectEvents", "Rejections", "Reject events", "Reject events", CellKind.Count, 50, r => r.RejectEvents),
        new("reRejected", "Rejections", "Re-rejected", "Re-rejected", CellKind.Count, 54, r => r.ReRejected)
            { Help = "Rejected in two or more rounds" },
        new("excused", "Rejections", "Excused", "Excused", CellKind.Count, 54, r => r.Excused),
        new("rejectRate", "Rejections", "Reject rate %", "Reject rate %", CellKind.Rate, 48, r => r.RejectRate)
            { Help = "Rejected of allocated (quality)" },
        new("reRejectionRate", "Rejections", "Re-rej. %", "Re-rejection rate %", CellKind.Rate, 50, r =>
            r.ReRejectionRate)
            { Help = "Re-rejected of allocated" },
        new("avgCycleDays", "Days", "Cycle", "Average cycle days", CellKind.Number, 46, r => r.AvgCycleDays)
            { Help = "Creation to close, closed tickets" },
        new("avgOpenToMoveDays", "Days", "To move", "Average open-to-move days", CellKind.Number, 48,
            r => r.AvgOpenToMoveDays) { Help = "Creation to the first status change" },
        new("attendance", "Person", "Attend. %", "Attendance %", CellKind.Attendance, 60, r => r.Attendance),
        new("dailyAvg", "Person", "Daily avg", "Daily average", CellKind.DailyAvg, 66, r => r.DailyAvg)
            { Help = "Logged work per day, of the day's target" },
        new("coachingSessions", "Person", "Coaching", "Coaching sessions", CellKind.Count, 58, r => r.CoachingSessions),
        new("score", "Result", "Score", "Score", CellKind.Score, 68, r => r.Score)
            { Help = "Composite score out of 100, with its score band; it does not decide the grade" },
        new("grade", "Result", "Grade", "Performance grade", CellKind.Grade, 50, r => r.Grade)
    ];

    public static bool Sorts(string column) => column == Agent || All.Any(c => c.Id == column);

    public bool IsText => Kind == CellKind.Grade;

    /// <summary>The cell as text: what the screen shows, what the CSV has, what decides whether it changed.</summary>
    public string Text(ScorecardRow row) => Value(row) switch
    {
        null => Numbers.Dash,
        long count => Numbers.Count(count),
        decimal number => Numbers.One(number),
        var other => other.ToString()!
    };

    /// <summary>The value as a spreadsheet takes it.</summary>
    public string Plain(ScorecardRow row) => Value(row) switch
    {
        null => "",
        decimal number => decimal.Round(number, 1, MidpointRounding.AwayFromZero).ToString("0.0", Invariant),
        var other => Convert.ToString(other, Invariant)!
    };

    /// <summary>For sorting: greater is more; null sorts last either way.</summary>
    public decimal? Rank(ScorecardRow row) => Value(row) switch
    {
        long count => count,
        decimal number => number,
        string grade => grade.Length > 0 ? grade[0] : null,
        _ => null
    };
}
