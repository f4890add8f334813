using Performance.Scoring.Views;

namespace Performance.Scoring.MyPerformance;

/// <summary>What is behind a metric of a month.</summary>
internal static class Drivers
{
    private const decimal Half = 0.5m;
    private const decimal NineTenths = 0.9m;

    public static async Task<IReadOnlyList<Driver>> OfAsync(
        ViewSnapshot views, Guid rep, string metric, DateOnly month, RepDays days, string? currency,
        CancellationToken cancel)
    {
        var calls = days.Count(RepMetric.Calls);
        return metric switch
        {
            "payments" =>
            [
                new("payments", days.Count(RepMetric.Payments, currency), null),
                new("paymentsPerCall", Per(days.Count(RepMetric.Payments), calls), null),
                new("amountPerCall", Per(days.Amount(RepMetric.Payments, currency), calls), currency)
            ],
            "services" =>
            [
                new("raised", days.Count(RepMetric.Raised), null),
                new("completed", days.Count(RepMetric.Completed), null)
            ],
            "complaints" => await ComplaintsAsync(views, rep, month, days, cancel),
            _ =>
            [
                new("averageDuration", Per(days.Amount(RepMetric.Calls), calls), "s"),
                new("peakHour", GetMetric.Shares(days, RepMetric.Calls).MaxBy(s => s.Count) is { } peak
                    ? decimal.Parse(peak.Key, null) : null, "h")
            ]
        };
    }

    /// <summary>Linear interpolation between the two nearest; null of nothing.</summary>
    public static decimal? Percentile(IReadOnlyList<decimal> sorted, decimal share)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var at = share * (sorted.Count - 1);
        var below = (int)decimal.Floor(at);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (at - below));
    }

    private static async Task<IReadOnlyList<Driver>> ComplaintsAsync(
        ViewSnapshot views, Guid rep, DateOnly month, RepDays days, CancellationToken cancel)
    {
        var zone = views.Settings.Zone;
        var times = await views.ReadAsync(
            """
            select registered_at, resolved_at from complaint_cases
            where resolved_by = any($1) and resolved_at >= $2 and resolved_at < $3 and registered_at is not null
            """,
            r => r.GetFieldValue<DateTimeOffset>(1) - r.GetFieldValue<DateTimeOffset>(0), cancel,
            views.Merges.Members(rep).ToArray(), zone.StartOf(month).ToUniversalTime(),
            zone.StartOf(month.AddMonths(1)).ToUniversalTime());
        var hours = times.Select(t => t.Ticks / (decimal)TimeSpan.TicksPerHour).Order().ToList();
        return
        [
            new("registered", days.Count(RepMetric.Registered), null),
            new("resolved", days.Count(RepMetric.Resolved), null),
            new("medianResolution", Percentile(hours, Half), "h"),
            new("p90Resolution", Percentile(hours, NineTenths), "h")
        ];
    }

    private static decimal? Per(decimal amount, long calls) => calls == 0 ? null : amount / calls;
}
