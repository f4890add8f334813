using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>One component of the composite score.</summary>
/// <param name="Name">As in scorecard.md section 4.</param>
/// <param name="Value">What was measured; null: no data, earns nothing.</param>
/// <param name="Band">The band it falls in, for example <c>&gt;= 95</c>, or <c>no data</c>.</param>
/// <param name="Points">Points earned.</param>
/// <param name="Max">Points to be had.</param>
internal sealed record ScoreComponent(string Name, decimal? Value, string Band, decimal Points, decimal Max);

/// <summary>The composite score: informational, it never decides the grade.</summary>
internal sealed record Score(
    decimal Total, decimal MeasuredMax, string? Band, IReadOnlyList<ScoreComponent> Components)
{
    private const string NoData = "no data";

    public static Score Of(
        decimal? firstPassRate,
        decimal? reRejectionRate,
        decimal? rejectRate,
        decimal? attendance,
        decimal? dailyAvg,
        decimal? target,
        ScorePolicy policy)
    {
        ScoreComponent[] components =
        [
            Banded("firstPassRate", firstPassRate, policy.FirstPassFrom, atLeast: true),
            Banded("reRejectionRate", reRejectionRate, policy.ReRejectionUpTo, atLeast: false),
            Banded("rejectRate", rejectRate, policy.RejectUpTo, atLeast: false),
            Banded("attendance", attendance, policy.AttendanceFrom, atLeast: true),
            Productivity(dailyAvg, target, policy.ProductivityMax)
        ];
        var total = components.Sum(c => c.Points);
        var measuredMax = components.Where(c => c.Value is not null).Sum(c => c.Max);
        var band = components.Any(c => c.Value is null)
            ? null
            : policy.ScoreFrom.FirstOrDefault(b => ScorePolicy.Shown(total) >= b.Limit)?.Grade ?? policy.ScoreBeyond;
        return new Score(total, measuredMax, band, components);
    }

    private static ScoreComponent Banded(string name, decimal? value, ComponentBands bands, bool atLeast)
    {
        if (value is not { } measured)
        {
            return new ScoreComponent(name, null, NoData, 0, bands.Max);
        }

        var shown = ScorePolicy.Shown(measured);
        var hit = bands.Bands.FirstOrDefault(b => atLeast ? shown >= b.Limit : shown <= b.Limit);
        var (better, worse) = atLeast ? (">=", "<") : ("<=", ">");
        var label = hit is not null ? $"{better} {hit.Limit:0.###}"
            : bands.Bands.Count > 0 ? $"{worse} {bands.Bands[^1].Limit:0.###}" : "any";
        return new ScoreComponent(name, measured, label, hit?.Points ?? 0, bands.Max);
    }

    private static ScoreComponent Productivity(decimal? dailyAvg, decimal? target, decimal max)
    {
        if (dailyAvg is not { } average || target is not { } goal || goal <= 0)
        {
            return new ScoreComponent("productivity", null, NoData, 0, max);
        }

        var share = Math.Min(1m, average / goal);
        return new ScoreComponent("productivity", average, $"{share * 100:0.#} % of target", share * max, max);
    }
}
