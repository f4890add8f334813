using Performance.Scoring.Views;

namespace Performance.Scoring.MyPerformance;

/// <summary>One row of <c>rep_days</c>, of whichever of a person's records.</summary>
internal sealed record RepDay(DateOnly Day, string Metric, string Key, long Count, decimal Amount);

/// <summary>A stretch of a rep's days, and sums over parts of it.</summary>
internal sealed class RepDays(IReadOnlyList<RepDay> rows)
{
    public IReadOnlyList<RepDay> Rows => rows;

    public static async Task<RepDays> ReadAsync(
        ViewSnapshot views, Guid rep, DateOnly from, DateOnly to, CancellationToken cancel) =>
        new(await views.ReadAsync(
            """
            select day, metric, key, sum(count)::bigint, sum(amount) from rep_days
            where rep_id = any($1) and day between $2 and $3 group by day, metric, key order by day, metric, key
            """,
            r => new RepDay(
                r.GetFieldValue<DateOnly>(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetDecimal(4)),
            cancel, views.Merges.Members(rep).ToArray(), from, to));

    public RepDays Between(DateOnly from, DateOnly to) => new([.. rows.Where(r => r.Day >= from && r.Day <= to)]);

    public RepDays On(DateOnly day) => Between(day, day);

    public RepDays InMonth(DateOnly month) => Between(month, month.AddMonths(1).AddDays(-1));

    public long Count(string metric, string? key = null) =>
        rows.Where(r => r.Metric == metric && (key is null || r.Key == key)).Sum(r => r.Count);

    public decimal Amount(string metric, string? key = null) =>
        rows.Where(r => r.Metric == metric && (key is null || r.Key == key)).Sum(r => r.Amount);

    /// <summary>The currencies of payments, in order; amounts are never added across them.</summary>
    public IReadOnlyList<string> Currencies() =>
    [
        .. rows.Where(r => r.Metric == RepMetric.Payments).Select(r => r.Key).Distinct()
            .Order(StringComparer.Ordinal)
    ];

}
