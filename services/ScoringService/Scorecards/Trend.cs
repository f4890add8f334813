using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>Whether an agent's months get worse and worse (docs/adr/0092).</summary>
/// <param name="Declining">At least three falls in a row, the last of them in the latest month.</param>
/// <param name="Since">The month of the first fall, as <c>2026-08</c>.</param>
internal sealed record Trend(bool Declining, string? Since)
{
    private const int Falls = 3;

    public static Trend None { get; } = new(false, null);

    /// <summary>The trend of months that are over, oldest first; those that measured nothing are passed over.</summary>
    public static Trend Of(IEnumerable<HistoryMonth> months)
    {
        HistoryMonth? before = null;
        string? since = null;
        var falls = 0;
        foreach (var month in months.Where(m => IsScored(m) || m.FailedFirstPassRate is not null))
        {
            if (before is not null)
            {
                (falls, since) = Fell(before, month) ? (falls + 1, since ?? month.Month) : (0, null);
            }

            before = month;
        }

        return falls >= Falls ? new Trend(true, since) : None;
    }

    /// <summary>By the composite score where both have it in full, else by the failed first-pass rate.</summary>
    private static bool Fell(HistoryMonth before, HistoryMonth after) => IsScored(before) && IsScored(after)
        ? Shown(after.Score) < Shown(before.Score)
        : Shown(after.FailedFirstPassRate) > Shown(before.FailedFirstPassRate);

    /// <summary>A score with parts that were not measured is lower for that alone, and has no band.</summary>
    private static bool IsScored(HistoryMonth month) => month.ScoreBand is not null;

    /// <summary>As the screen shows it: nobody is flagged for a difference that cannot be seen.</summary>
    private static decimal? Shown(decimal? value) => value is { } v ? ScorePolicy.Shown(v) : null;
}
