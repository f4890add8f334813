using Performance.Scoring.Pipeline;
using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Departments;

/// <summary>A team's rates of a month; null where nothing was processed or allocated.</summary>
internal sealed record TrendMonth(string Month, decimal? FailedFirstPassRate, decimal? RejectRate);

/// <summary>How many agents have which grade; <c>None</c>: have tickets, but no grade.</summary>
internal sealed record GradeCounts(int A, int B, int C, int D, int None);

/// <summary>An agent whose grade needs a coaching conversation, and how many there were in the month.</summary>
internal sealed record AgentToCoach(
    Guid AgentId, string Name, string Grade, decimal? FailedFirstPassRate, long CoachingSessions);

/// <summary>An agent who gets worse, as the history says it.</summary>
internal sealed record DecliningAgent(Guid AgentId, string Name, string? Since);

/// <summary>
/// A team (null: the agents without one), or all of them together: the sum of its people's scorecard rows, and what of
/// their work is open now.
/// </summary>
/// <param name="People">Active members of the team.</param>
/// <param name="Open">Open tickets from whenever, as are the old ones and those long on hold.</param>
internal sealed record TeamFigures(
    string? TeamId,
    int People,
    long Allocated,
    long Processed,
    long FailedFirstPass,
    long Rejected,
    long ReRejected,
    decimal? FailedFirstPassRate,
    decimal? RejectRate,
    decimal? ReRejectionRate,
    long Open,
    long OldTickets,
    long LongHold,
    GradeCounts Grades,
    long CoachingSessions,
    IReadOnlyList<AgentToCoach> ToCoach,
    IReadOnlyList<DecliningAgent> Declining,
    IReadOnlyList<TrendMonth> Trend)
{
    public static TeamFigures Of(
        string? team, int people, IReadOnlyList<ScorecardRow> rows, Counts counts, OpenCounts open,
        IReadOnlyList<DecliningAgent> declining, IReadOnlyList<TrendMonth> trend, ScorePolicy policy)
    {
        int Graded(string letter) => rows.Count(row => row.Grade == letter);
        return new TeamFigures(
            team, people, counts.Allocated, counts.FirstPass + counts.FailedFirstPass, counts.FailedFirstPass,
            counts.Rejected, counts.ReRejected, counts.FailedFirstPassRate(policy.FailedFirstPassDenominator),
            counts.RejectRate, counts.ReRejectionRate, open.Open, open.Old, open.LongHold,
            new GradeCounts(
                Graded("A"), Graded("B"), Graded("C"), Graded("D"),
                rows.Count(row => row.Grade is null && row.Allocated > 0)),
            rows.Sum(row => row.CoachingSessions),
            [
                .. rows.Where(row => row.Flags.Contains(ScorecardRow.CoachingDue))
                    .OrderByDescending(row => row.Grade).ThenByDescending(row => row.FailedFirstPassRate)
                    .ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.AgentId)
                    .Select(row => new AgentToCoach(
                        row.AgentId!.Value, row.Name, row.Grade!, row.FailedFirstPassRate, row.CoachingSessions))
            ],
            declining, trend);
    }
}
