using Performance.Scoring.Views;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.MyPerformance;

/// <summary>A point of a series: a day or a month.</summary>
internal sealed record SeriesPoint(string At, decimal Value);

/// <summary>What drives a number. <c>Unit</c>: %, s, h, a currency, or nothing for counts.</summary>
internal sealed record Driver(string Name, decimal? Value, string? Unit);

/// <summary>Count per service type, complaint category or hour, with seconds or money.</summary>
internal sealed record Share(string Key, long Count, decimal Amount);

/// <summary>What is behind a card; of payments, in one currency.</summary>
/// <param name="Days">The days of the month with activity.</param>
/// <param name="DaysDone">Likewise what was completed or resolved.</param>
/// <param name="Months">The last 12 months with activity, up to this one.</param>
/// <param name="Drivers">Efficiency, times and the like.</param>
/// <param name="Breakdown">By type, category or hour of the day.</param>
internal sealed record MetricDetail(
    Guid RepId,
    string Metric,
    string Month,
    string? Currency,
    IReadOnlyList<string> Currencies,
    IReadOnlyList<SeriesPoint> Days,
    IReadOnlyList<SeriesPoint> DaysDone,
    IReadOnlyList<SeriesPoint> Months,
    IReadOnlyList<Driver> Drivers,
    IReadOnlyList<Share> Breakdown,
    long Position,
    DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/my/{payments|services|complaints|calls}?month=&amp;currency=</c>.</summary>
internal static class GetMetric
{
    public static async Task<MetricDetail> ReadAsync(
        ViewSnapshot views, Guid rep, string metric, DateOnly? asked, string? currency, DateTimeOffset now,
        CancellationToken cancel)
    {
        var (counted, done) = metric switch
        {
            "payments" => (RepMetric.Payments, ""),
            "services" => (RepMetric.Raised, RepMetric.Completed),
            "complaints" => (RepMetric.Registered, RepMetric.Resolved),
            "calls" => (RepMetric.Calls, ""),
            _ => throw new NotFoundException("There is no such metric.")
        };
        var today = views.Settings.Zone.DayOf(now);
        var day = asked ?? today;
        var month = new DateOnly(day.Year, day.Month, 1);
        var year = await RepDays.ReadAsync(
            views, rep, month.AddMonths(-11), month.AddMonths(1).AddDays(-1), cancel);
        var days = year.InMonth(month);
        var currencies = year.Currencies();
        var money = metric == "payments"
            ? currency ?? Shares(days, RepMetric.Payments).MaxBy(s => s.Count)?.Key ?? currencies.FirstOrDefault()
            : null;
        return new MetricDetail(
            rep, metric, GetMonth.Text(month), money, metric == "payments" ? currencies : [],
            Series(days, counted, metric == "payments", money, d => d.ToString("yyyy-MM-dd", null)),
            Series(days, done, false, null, d => d.ToString("yyyy-MM-dd", null)),
            Series(year, counted, metric == "payments", money, GetMonth.Text),
            await Drivers.OfAsync(views, rep, metric, month, days, money, cancel), Shares(days, counted),
            views.Position, now);
    }

    public static List<Share> Shares(RepDays days, string metric) =>
    [
        .. days.Rows.Where(r => r.Metric == metric).GroupBy(r => r.Key)
            .Select(g => new Share(g.Key, g.Sum(r => r.Count), g.Sum(r => r.Amount)))
            .OrderBy(s => s.Key, StringComparer.Ordinal)
    ];

    private static List<SeriesPoint> Series(
        RepDays days, string metric, bool amounts, string? key, Func<DateOnly, string> at) =>
    [
        .. days.Rows.Where(r => r.Metric == metric && (!amounts || r.Key == key)).GroupBy(r => at(r.Day))
            .Select(g => new SeriesPoint(g.Key, g.Sum(r => amounts ? r.Amount : r.Count)))
            .OrderBy(p => p.At, StringComparer.Ordinal)
    ];
}
