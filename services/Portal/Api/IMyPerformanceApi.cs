using Refit;

namespace Performance.Portal.Api;

/// <summary>The signed-in representative's own dashboard.</summary>
public interface IMyPerformanceApi
{
    [Get("/api/scoring/my")]
    Task<MyMonth> MonthAsync(string? month, CancellationToken cancel);

    [Get("/api/scoring/my/week")]
    Task<MyWeek> WeekAsync(string? date, CancellationToken cancel);

    /// <param name="metric">payments, services, complaints or calls.</param>
    [Get("/api/scoring/my/{metric}")]
    Task<MyMetric> MetricAsync(string metric, string? month, string? currency, CancellationToken cancel);
}

/// <summary>One month: four cards, payments once per currency; and the financial years that have data.</summary>
public sealed record MyMonth(string Month, bool Current, IReadOnlyList<MyCard> Cards, IReadOnlyList<MyYear> Years);

public sealed record MyYear(int Year, IReadOnlyList<string> Months);

/// <summary>One card.</summary>
/// <param name="Achievement">met, near, below; null without a goal.</param>
/// <param name="Growth">Per cent against the previous month; null where that was 0.</param>
/// <param name="Direction">up, down or flat.</param>
/// <param name="PreviousSameDays">The current month only: as many working days of the previous one.</param>
/// <param name="Series">The month day by day.</param>
public sealed record MyCard(
    string Metric, string? Currency, decimal Value, decimal? Goal, decimal? PercentOfGoal, string? Achievement,
    decimal Previous, decimal? Growth, string Direction, decimal? PreviousSameDays, decimal? GrowthSameDays,
    IReadOnlyList<decimal> Series);

public sealed record MyWeek(
    DateOnly From, IReadOnlyList<MyDay> Days, MyFigures Total, MyFigures? Average, int ElapsedWorkingDays,
    IReadOnlyList<MyMark> Marks);

/// <param name="Ahead">Still to come.</param>
/// <param name="DayOff">A day off with activity.</param>
/// <param name="Change">Less the row above: calls, services, complaints, payments with its currency.</param>
public sealed record MyDay(
    DateOnly Date, string Day, bool Ahead, bool DayOff, MyFigures Figures, MyFigures Running,
    IReadOnlyDictionary<string, decimal>? Change);

/// <param name="Payments">By currency.</param>
public sealed record MyFigures(
    decimal Calls, decimal Services, decimal Complaints, IReadOnlyDictionary<string, decimal> Payments);

/// <summary>The best and the weakest day by one figure.</summary>
public sealed record MyMark(string Figure, DateOnly Best, DateOnly Weakest);

/// <summary>Behind a card: the days of the month, the last months, and what drives the number.</summary>
/// <param name="Currency">Of payments: the one shown, of <paramref name="Currencies"/>.</param>
/// <param name="DaysDone">Completed or resolved, day by day.</param>
/// <param name="Breakdown">By type, category or hour of the day.</param>
public sealed record MyMetric(
    string Metric, string Month, string? Currency, IReadOnlyList<string> Currencies, IReadOnlyList<MyPoint> Days,
    IReadOnlyList<MyPoint> DaysDone, IReadOnlyList<MyPoint> Months, IReadOnlyList<MyDriver> Drivers,
    IReadOnlyList<MyShare> Breakdown);

public sealed record MyPoint(string At, decimal Value);

/// <param name="Unit">s, h, a currency, or null for counts.</param>
public sealed record MyDriver(string Name, decimal? Value, string? Unit);

public sealed record MyShare(string Key, long Count, decimal Amount);
