using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;

namespace Performance.Scoring.ScorePolicies;

/// <summary>What a policy makes of an agent's month.</summary>
internal sealed record MonthOutcome(
    string? Grade, string? BaseGrade, decimal Score, decimal MeasuredMax, string? ScoreBand)
{
    public static MonthOutcome Of(ScorecardRow row) =>
        new(row.Grade, row.BaseGrade, row.Score ?? 0, row.MeasuredMax ?? 0, row.ScoreBand);
}

/// <summary>An agent's month that one policy scores otherwise than another.</summary>
internal sealed record PolicyMove(Guid AgentId, string Name, string Month, MonthOutcome From, MonthOutcome To)
{
    /// <summary>Grades first, as they are what counts; then bands; then what only moves points.</summary>
    public int Weight => From.Grade != To.Grade ? 0
        : From.BaseGrade != To.BaseGrade ? 1
        : From.ScoreBand != To.ScoreBand ? 2 : 3;
}

/// <summary>Every row in a period: how many stay, how many move and which way.</summary>
/// <param name="Rows">Agents' months in the period.</param>
/// <param name="Staying">Those with the same grade, base grade, score and band.</param>
/// <param name="GradesUp">Grades that get better; a grade that begins or ends counts in GradesMoved alone.</param>
internal sealed record MoveCounts(
    int Rows, int Staying, int GradesMoved, int GradesUp, int GradesDown, int BandsMoved, int ScoresMoved);

/// <summary>Which rows a change of the policies moves, and from what to what. Pure: the facts are given.</summary>
internal static class PolicyMoves
{
    /// <summary>All that moves, what counts most first, then the latest month, then by name.</summary>
    public static (MoveCounts Counts, IReadOnlyList<PolicyMove> Moves) Between(
        MonthlyFacts facts, PolicyBook before, PolicyBook after, IReadOnlySet<int> frozen, Func<Guid, string> nameOf)
    {
        var moves = facts.Rows.GroupBy(row => row.Month).Where(month => !frozen.Contains(month.Key))
            .SelectMany(month => Of(facts, before.OfMonth(month.Key), after.OfMonth(month.Key), month, nameOf))
            .OrderBy(m => m.Weight).ThenByDescending(m => m.Month, StringComparer.Ordinal)
            .ThenBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.AgentId).ToList();
        return (Count(facts.Rows.Count, moves), moves);
    }

    public static string NameOf(int month) =>
        BusinessZone.MonthOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static IEnumerable<PolicyMove> Of(
        MonthlyFacts facts, PolicyVersion before, PolicyVersion after, IGrouping<int, (int Month, Guid Agent)> month,
        Func<Guid, string> nameOf)
    {
        if (before.Version == after.Version)
        {
            yield break;
        }

        var name = NameOf(month.Key);
        foreach (var row in month)
        {
            var from = MonthOutcome.Of(facts.Row(row, before.Policy));
            var to = MonthOutcome.Of(facts.Row(row, after.Policy));
            if (from != to)
            {
                yield return new PolicyMove(row.Agent, nameOf(row.Agent), name, from, to);
            }
        }
    }

    private static MoveCounts Count(int rows, IReadOnlyList<PolicyMove> moves)
    {
        var graded = moves.Where(m => m.From.Grade is not null && m.To.Grade is not null)
            .Select(m => ScorePolicy.RankOf(m.To.Grade) - ScorePolicy.RankOf(m.From.Grade)).ToList();
        return new MoveCounts(
            rows, rows - moves.Count, moves.Count(m => m.From.Grade != m.To.Grade), graded.Count(d => d < 0),
            graded.Count(d => d > 0), moves.Count(m => m.From.ScoreBand != m.To.ScoreBand),
            moves.Count(m => m.From.Score != m.To.Score));
    }
}
