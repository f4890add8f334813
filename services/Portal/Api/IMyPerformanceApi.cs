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
    Task<MyMetric> MetricAsync(string metric, string? month, CancellationToken cancel);
}

/// <summary>One month: four cards, payments once per currency; and the financial years that have data.</summary>
public sealed record MyMonth(string Month, bool Current, IReadOnlyList<MyCard> Cards, IReadOnlyList<MyYear> Years);

public sealed record MyYear(int Year, IReadOnlyList<string> Months);

/// <summary>One card.</summary>
/// <param name="Percent">Of the goal.</param>
/// <param name="Achievement">met, near, below; null without a goal.</param>
/// <param name="SameDays">The current month only: against as many working days of the previous one.</param>
public sealed record MyCard(
    string Metric, string? Currency, decimal Value, decimal? Goal, decimal? Percent, string? Achievement,
    Growth Growth, Growth? SameDays);

/// <param name="Percent">Null where the previous value was 0.</param>
/// <param name="Direction">up, down or flat.</param>
public sealed record Growth(decimal Previous, decimal? Percent, string Direction);

public sealed record MyWeek(
    DateOnly From, IReadOnlyList<MyDay> Days, MyFigures Totals, MyFigures? Averages, int ElapsedWorkingDays,
    IReadOnlyList<MyMark> Marks);

/// <param name="Working">False: a day off with activity.</param>
/// <param name="Elapsed">False: still to come.</param>
/// <param name="Change">Against the row above: calls, services, complaints, payments with its currency.</param>
public sealed record MyDay(
    DateOnly Date, string Day, bool Working, bool Elapsed, MyFigures Figures, MyFigures Running,
    IReadOnlyDictionary<string, Growth>? Change);

public sealed record MyFigures(decimal Calls, IReadOnlyList<Money> Payments, decimal Services, decimal Complaints);

public sealed record Money(string Currency, decimal Amount);

/// <summary>The best and the weakest day by one figure.</summary>
public sealed record MyMark(string Figure, DateOnly Best, DateOnly Weakest);

/// <summary>Behind a card: the days of the month, the last months, and what drives the number.</summary>
public sealed record MyMetric(
    string Metric, string Month, IReadOnlyList<MyPoint> Daily, IReadOnlyList<MyPoint> DailyDone,
    IReadOnlyList<MyPoint> Monthly, IReadOnlyList<MyShare> Breakdown, long Count, long Done, Efficiency? Efficiency,
    Resolution? Resolution, decimal? AverageSeconds, string? PeakHour);

public sealed record MyPoint(string At, string? Currency, decimal Value);

public sealed record MyShare(string Key, long Count, decimal Amount);

public sealed record Efficiency(decimal? PaymentsPerCall, IReadOnlyList<Money>? AmountPerCall);

public sealed record Resolution(int Cases, decimal? MedianHours, decimal? P90Hours);
