using Performance.Scoring.ScorePolicies;

namespace Performance.Scoring.Scorecards;

/// <summary>What was counted for one agent, or for everybody, before any division.</summary>
internal sealed record Counts(
    long Allocated = 0,
    long Closed = 0,
    long FirstPass = 0,
    long FailedFirstPass = 0,
    long Excused = 0,
    long OnHold = 0,
    long Rejected = 0,
    long RejectEvents = 0,
    long ReRejected = 0,
    long AnyRejection = 0,
    long Moved = 0,
    decimal CycleDays = 0,
    decimal OpenToMoveDays = 0)
{
    public decimal? FirstPassRate => Percent(FirstPass, Allocated);

    public decimal? RejectRate => Percent(Rejected, Allocated);

    public decimal? ReRejectionRate => Percent(ReRejected, Allocated);

    public decimal? AvgCycleDays => Mean(CycleDays, Closed);

    public decimal? AvgOpenToMoveDays => Mean(OpenToMoveDays, Moved);

    public decimal? FailedFirstPassRate(FailedDenominator denominator) => Percent(
        FailedFirstPass, denominator == FailedDenominator.Allocated ? Allocated : FirstPass + FailedFirstPass);

    public static Counts operator +(Counts a, Counts b) => new(
        a.Allocated + b.Allocated, a.Closed + b.Closed, a.FirstPass + b.FirstPass,
        a.FailedFirstPass + b.FailedFirstPass, a.Excused + b.Excused, a.OnHold + b.OnHold, a.Rejected + b.Rejected,
        a.RejectEvents + b.RejectEvents, a.ReRejected + b.ReRejected, a.AnyRejection + b.AnyRejection,
        a.Moved + b.Moved, a.CycleDays + b.CycleDays, a.OpenToMoveDays + b.OpenToMoveDays);

    public static decimal? Percent(long part, long whole) => whole == 0 ? null : part * 100m / whole;

    // The groups of a query come in any order: their last digits differ with it, below a microsecond.
    private static decimal? Mean(decimal sum, long count) => count == 0 ? null : decimal.Round(sum / count, 12);
}

/// <summary>What is recorded about an agent beside the tickets.</summary>
internal sealed record AgentRecords(
    decimal? Attendance, decimal? DailyAvg, decimal? Target, long CoachingSessions)
{
    public static AgentRecords None { get; } = new(null, null, null, 0);
}

/// <summary>A row of the scorecard, as api.md names it. Rates are percent, unrounded, or null.</summary>
internal sealed record ScorecardRow(
    Guid? AgentId,
    string Name,
    long Allocated,
    long Closed,
    long FirstPass,
    long FailedFirstPass,
    long Excused,
    decimal? FirstPassRate,
    decimal? FailedFirstPassRate,
    decimal? AvgCycleDays,
    decimal? AvgOpenToMoveDays,
    long OnHold,
    long Rejected,
    long RejectEvents,
    long ReRejected,
    decimal? RejectRate,
    decimal? ReRejectionRate,
    decimal? Attendance,
    decimal? DailyAvg,
    decimal? Target,
    long CoachingSessions,
    decimal? Score,
    decimal? MeasuredMax,
    string? ScoreBand,
    string? BaseGrade,
    string? Grade,
    int? Drop,
    string? GradeNote,
    IReadOnlyList<string> Flags)
{
    /// <summary>Flag: the grade needs a coaching conversation.</summary>
    public const string CoachingDue = "coachingDue";

    /// <summary>Whether grade and score are those of a closed month.</summary>
    public bool Frozen { get; init; }

    /// <summary>The row of an agent: counts, rates, grade and score.</summary>
    public static ScorecardRow Of(
        Guid agentId, string name, Counts counts, AgentRecords records, ScorePolicy policy)
    {
        var failedRate = counts.FailedFirstPassRate(policy.FailedFirstPassDenominator);
        var grade = Scorecards.Grade.Of(failedRate, records.Attendance, policy);
        var score = Scorecards.Score.Of(
            counts.FirstPassRate, counts.ReRejectionRate, counts.RejectRate, records.Attendance, records.DailyAvg,
            records.Target, policy);
        return Counted(agentId, name, counts, policy) with
        {
            Attendance = records.Attendance,
            DailyAvg = records.DailyAvg,
            Target = records.Target,
            CoachingSessions = records.CoachingSessions,
            Score = score.Total,
            MeasuredMax = score.MeasuredMax,
            ScoreBand = score.Band,
            BaseGrade = grade.Base,
            Grade = grade.Letter,
            Drop = grade.Drop,
            GradeNote = grade.Note,
            Flags = FlagsOf(counts, grade, policy)
        };
    }

    /// <summary>The row of tickets without an assignee: counts and rates, no grade, no score.</summary>
    public static ScorecardRow Unassigned(Counts counts, ScorePolicy policy) =>
        Counted(null, "Unassigned", counts, policy);

    private static ScorecardRow Counted(Guid? agentId, string name, Counts c, ScorePolicy policy) => new(
        agentId, name, c.Allocated, c.Closed, c.FirstPass, c.FailedFirstPass, c.Excused, c.FirstPassRate,
        c.FailedFirstPassRate(policy.FailedFirstPassDenominator), c.AvgCycleDays, c.AvgOpenToMoveDays, c.OnHold,
        c.Rejected, c.RejectEvents, c.ReRejected, c.RejectRate, c.ReRejectionRate, null, null, null, 0, null, null,
        null, null, null, null, null, []);

    private static List<string> FlagsOf(Counts counts, Grade grade, ScorePolicy policy)
    {
        var flags = new List<string>();
        if (counts.RejectRate is { } reject && ScorePolicy.Shown(reject) > policy.RejectFailAbove)
        {
            flags.Add("rejectRateFails");
        }

        if (counts.ReRejectionRate is { } again && ScorePolicy.Shown(again) > policy.ReRejectionFailAbove)
        {
            flags.Add("reRejectionFails");
        }

        if (grade.Letter is { } letter && policy.CoachingGrades.Contains(letter))
        {
            flags.Add(CoachingDue);
        }

        return flags;
    }
}
