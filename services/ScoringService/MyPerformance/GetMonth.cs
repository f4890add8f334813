using System.Globalization;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;

namespace Performance.Scoring.MyPerformance;

/// <summary>The months of a financial year that have data, newest first.</summary>
internal sealed record FinancialYearMonths(int Year, IReadOnlyList<string> Months);

/// <summary>A rep's month: the four cards (payments one per currency), and which months there are.</summary>
internal sealed record RepMonth(
    Guid RepId,
    string? Name,
    string Month,
    bool Current,
    IReadOnlyList<Card> Cards,
    IReadOnlyList<string> Months,
    IReadOnlyList<FinancialYearMonths> Years,
    int FinancialYearStart,
    string BusinessZone,
    long Position,
    DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/my?month=</c> and <c>/reps/{repId}</c>.</summary>
internal static class GetMonth
{
    public static async Task<RepMonth> ReadAsync(
        ViewSnapshot views, Guid rep, DateOnly? asked, AgentDirectory directory, DateTimeOffset now,
        CancellationToken cancel)
    {
        var today = views.Settings.Zone.DayOf(now);
        var current = new DateOnly(today.Year, today.Month, 1);
        var month = asked is { } day ? new DateOnly(day.Year, day.Month, 1) : current;
        var before = month.AddMonths(-1);
        var days = await RepDays.ReadAsync(views, rep, before, month.AddMonths(1).AddDays(-1), cancel);
        var entry = await directory.FindAsync(rep, cancel);
        var goals = await Goals.ReadAsync(views, rep, entry?.TeamId, cancel);
        var months = await views.ReadAsync(
            "select distinct date_trunc('month', day)::date from rep_days where rep_id = any($1)",
            r => r.GetFieldValue<DateOnly>(0), cancel, views.Merges.Members(rep).ToArray());
        var known = months.Append(current).Distinct().OrderDescending().ToList();
        var calendar = new RepCalendar(views.Settings);
        var cards = new Cards(
            days.InMonth(month), days.InMonth(before),
            month == current ? SameDays(calendar, days, before, today) : null, goals, month, today);
        return new RepMonth(
            rep, entry?.Name, Text(month), month == current, cards.All(), [.. known.Select(Text)],
            [
                .. known.GroupBy(calendar.FinancialYear).OrderByDescending(y => y.Key)
                    .Select(y => new FinancialYearMonths(y.Key, [.. y.Select(Text)]))
            ],
            views.Settings.FinancialYearStart, views.Settings.BusinessZone, views.Position, now);
    }

    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>As much of the previous month as has as many working days as have begun in this one.</summary>
    private static RepDays? SameDays(RepCalendar calendar, RepDays days, DateOnly before, DateOnly today)
    {
        var elapsed = calendar.WorkingDays(before.AddMonths(1), today);
        return elapsed == 0 ? null : days.Between(before, calendar.DayWith(before, elapsed));
    }

    private sealed class Cards(
        RepDays now, RepDays before, RepDays? same, Goals goals, DateOnly month, DateOnly today)
    {
        private readonly int days = today < month ? 0
            : today < month.AddMonths(1) ? today.Day : month.AddMonths(1).AddDays(-1).Day;

        public IReadOnlyList<Card> All()
        {
            var currencies = now.Currencies().Concat(before.Currencies()).Concat(goals.Currencies(month)).Distinct()
                .Order(StringComparer.Ordinal).ToList();
            return
            [
                .. currencies.Count > 0 ? currencies.Select(Payments)
                    : [Card.Of(RepMetric.Payments, null, 0, null, 0, same is null ? null : 0, [])],
                Counted("services", RepMetric.Raised),
                Counted("complaints", RepMetric.Registered),
                Counted("calls", RepMetric.Calls)
            ];
        }

        private Card Payments(string currency) => Card.Of(
            RepMetric.Payments, currency, now.Amount(RepMetric.Payments, currency),
            goals.For(RepMetric.Payments, currency, month), before.Amount(RepMetric.Payments, currency),
            same?.Amount(RepMetric.Payments, currency), Series(d => d.Amount(RepMetric.Payments, currency)));

        private Card Counted(string name, string metric) => Card.Of(
            name, null, now.Count(metric), goals.For(name, null, month), before.Count(metric), same?.Count(metric),
            Series(d => d.Count(metric)));

        private List<decimal> Series(Func<RepDays, decimal> value) =>
            [.. Enumerable.Range(0, days).Select(d => value(now.On(month.AddDays(d))))];
    }
}
