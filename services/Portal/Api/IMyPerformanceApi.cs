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

/// <summary>One month: four metrics, payments once per currency.</summary>
public sealed record MyMonth(string Month, IReadOnlyList<MyCard> Cards)
{
    /// <summary>Months that have data, newest first.</summary>
    public IReadOnlyList<string> Months { get; init; } = [];

    /// <summary>1 to 12: the first month of the financial year.</summary>
    public int FinancialYearStart { get; init; } = 1;
}

/// <summary>One card.</summary>
public sealed record MyCard(string Metric, decimal Value)
{
    public string? Currency { get; init; }

    public decimal? Goal { get; init; }

    public decimal? PercentOfGoal { get; init; }

    public decimal? Previous { get; init; }

    /// <summary>Percent against the previous month; null without one.</summary>
    public decimal? Growth { get; init; }

    /// <summary>The current month only: percent against as many working days of the previous month.</summary>
    public decimal? GrowthSameDays { get; init; }

    /// <summary>Daily or monthly values for the sparkline, oldest first.</summary>
    public IReadOnlyList<decimal> Series { get; init; } = [];
}

public sealed record MyWeek(IReadOnlyList<MyDay> Days)
{
    public MyDay? Total { get; init; }

    public MyDay? Average { get; init; }

    public DateOnly? Best { get; init; }

    public DateOnly? Weakest { get; init; }
}

/// <summary>One day; payments by currency.</summary>
public sealed record MyDay(DateOnly? Date, decimal Calls, decimal Services, decimal Complaints)
{
    public IReadOnlyDictionary<string, decimal> Payments { get; init; } = new Dictionary<string, decimal>();

    /// <summary>A day that has not come yet.</summary>
    public bool Ahead { get; init; }

    /// <summary>Outside the working week, shown because something happened.</summary>
    public bool DayOff { get; init; }

    /// <summary>Calls against the working day before.</summary>
    public decimal? CallsChange { get; init; }
}

/// <summary>Behind a card: the days of the month, the last months, and what drives the number.</summary>
public sealed record MyMetric(IReadOnlyList<MyPoint> Days, IReadOnlyList<MyPoint> Months, IReadOnlyList<MyDriver> Drivers)
{
    public string? Currency { get; init; }
}

public sealed record MyPoint(string At, decimal Value);

public sealed record MyDriver(string Name, decimal? Value, string? Unit);
