namespace Performance.Scoring.MyPerformance;

/// <summary>A KPI card. Percentages are unrounded.</summary>
/// <param name="Metric">payments, services, complaints or calls.</param>
/// <param name="Currency">ISO 4217 for payments, one card each; else null.</param>
/// <param name="Value">The month's value.</param>
/// <param name="Goal">The goal in force on the month's last day, or null.</param>
/// <param name="PercentOfGoal">Percent of the goal, or null without one.</param>
/// <param name="Achievement">met (100 % and more), near (75 %), below, or null without a goal.</param>
/// <param name="Previous">The value of the whole previous month.</param>
/// <param name="Growth">Change against it in percent; null where it was 0.</param>
/// <param name="Direction">up, down or flat.</param>
/// <param name="PreviousSameDays">Of the current month: the value of as many working days of the previous one.</param>
/// <param name="GrowthSameDays">Change against that in percent.</param>
/// <param name="Series">Each day of the month up to today, for a sparkline.</param>
internal sealed record Card(
    string Metric,
    string? Currency,
    decimal Value,
    decimal? Goal,
    decimal? PercentOfGoal,
    string? Achievement,
    decimal Previous,
    decimal? Growth,
    string Direction,
    decimal? PreviousSameDays,
    decimal? GrowthSameDays,
    IReadOnlyList<decimal> Series)
{
    private const decimal Met = 100;
    private const decimal Near = 75;

    public static Card Of(
        string metric, string? currency, decimal value, decimal? goal, decimal previous, decimal? sameDays,
        IReadOnlyList<decimal> series)
    {
        var percent = goal is > 0 ? value * 100 / goal : null;
        return new Card(
            metric, currency, value, goal, percent,
            percent is null ? null : percent >= Met ? "met" : percent >= Near ? "near" : "below",
            previous, Change(value, previous), value > previous ? "up" : value < previous ? "down" : "flat", sameDays,
            sameDays is { } same ? Change(value, same) : null, series);
    }

    /// <summary>In percent of what it was; null of nothing.</summary>
    public static decimal? Change(decimal value, decimal previous) =>
        previous == 0 ? null : (value - previous) * 100 / previous;
}
