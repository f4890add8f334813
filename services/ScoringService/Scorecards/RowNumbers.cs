namespace Performance.Scoring.Scorecards;

/// <summary>A value of a row that is one thing here and another there; a number, a letter, or null.</summary>
internal sealed record RowDifference(string Name, object? Before, object? After);

/// <summary>The values of a row by their names in the API, for comparing two rows.</summary>
internal static class RowNumbers
{
    private static readonly (string Name, Func<ScorecardRow, object?> Of)[] All =
    [
        ("allocated", r => r.Allocated), ("closed", r => r.Closed), ("firstPass", r => r.FirstPass),
        ("failedFirstPass", r => r.FailedFirstPass), ("excused", r => r.Excused),
        ("firstPassRate", r => r.FirstPassRate), ("failedFirstPassRate", r => r.FailedFirstPassRate),
        ("avgCycleDays", r => Rounded(r.AvgCycleDays)), ("avgOpenToMoveDays", r => Rounded(r.AvgOpenToMoveDays)),
        ("onHold", r => r.OnHold), ("rejected", r => r.Rejected), ("rejectEvents", r => r.RejectEvents),
        ("reRejected", r => r.ReRejected), ("rejectRate", r => r.RejectRate),
        ("reRejectionRate", r => r.ReRejectionRate), ("attendance", r => r.Attendance), ("dailyAvg", r => r.DailyAvg),
        ("target", r => r.Target), ("coachingSessions", r => r.CoachingSessions), ("score", r => r.Score),
        ("measuredMax", r => r.MeasuredMax), ("scoreBand", r => r.ScoreBand), ("baseGrade", r => r.BaseGrade),
        ("grade", r => r.Grade)
    ];

    /// <summary>Every value that differs; a missing row has no values, and counts as nothing.</summary>
    public static IReadOnlyList<RowDifference> Between(ScorecardRow? before, ScorecardRow? after) =>
    [
        .. All.Select(v => new RowDifference(v.Name, Value(v.Of, before), Value(v.Of, after)))
            .Where(d => !Equals(d.Before, d.After) && !(IsNothing(d.Before) && IsNothing(d.After)))
    ];

    private static bool IsNothing(object? value) => value is null or 0L;

    private static object? Value(Func<ScorecardRow, object?> of, ScorecardRow? row) =>
        row is null ? null : of(row);

    // Sums of many divisions: their last digits follow the order of adding, not what happened.
    private static decimal? Rounded(decimal? value) => value is { } v ? Math.Round(v, 12) : null;
}
