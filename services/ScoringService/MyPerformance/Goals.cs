using Performance.Scoring.Views;

namespace Performance.Scoring.MyPerformance;

/// <summary>The goals that could count for a rep: the own and the team's.</summary>
internal sealed class Goals
{
    private readonly IReadOnlyList<Row> own;
    private readonly IReadOnlyList<Row> team;

    private Goals(IReadOnlyList<Row> own, IReadOnlyList<Row> team)
    {
        this.own = own;
        this.team = team;
    }

    public static async Task<Goals> ReadAsync(
        ViewSnapshot views, Guid rep, string? teamId, CancellationToken cancel)
    {
        var records = views.Merges.Members(rep).Select(id => id.ToString()).ToHashSet();
        var rows = await views.ReadAsync(
            "select owner, metric, currency, from_month, amount from goals where owner = any($1)",
            r => new Row(
                r.GetString(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateOnly>(3),
                r.IsDBNull(4) ? null : r.GetDecimal(4)),
            cancel, [records.Append(teamId ?? "").ToArray()]);
        return new Goals([.. rows.Where(r => records.Contains(r.Owner))], [.. rows.Where(r => r.Owner == teamId)]);
    }

    /// <summary>The goal in force on the month's last day: the rep's own before the team's.</summary>
    public decimal? For(string metric, string? currency, DateOnly month)
    {
        var last = month.AddMonths(1).AddDays(-1);
        return InForce(own, metric, currency ?? "", last) ?? InForce(team, metric, currency ?? "", last);
    }

    /// <summary>The currencies that have a payments goal in force in a month.</summary>
    public IEnumerable<string> Currencies(DateOnly month) => own.Concat(team)
        .Where(g => g.Metric == RepMetric.Payments).Select(g => g.Currency).Distinct()
        .Where(c => For(RepMetric.Payments, c, month) is not null);

    private static decimal? InForce(IReadOnlyList<Row> goals, string metric, string currency, DateOnly day) => goals
        .Where(g => g.Metric == metric && g.Currency == currency && g.From <= day).MaxBy(g => g.From)?.Amount;

    private sealed record Row(string Owner, string Metric, string Currency, DateOnly From, decimal? Amount);
}
