using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;

namespace Performance.Scoring.Months;

/// <summary>
/// An agent's row (null: the tickets without one) as it was when the month was closed. Part of a stored event, so
/// every field is written out here. No name: names live in the directory.
/// </summary>
internal sealed record FrozenRow(
    Guid? AgentId,
    long Allocated,
    long Closed,
    long FirstPass,
    long FailedFirstPass,
    long Excused,
    long OnHold,
    long Rejected,
    long RejectEvents,
    long ReRejected,
    long AnyRejection,
    long Moved,
    decimal CycleDays,
    decimal OpenToMoveDays,
    decimal? Attendance,
    decimal? DailyAvg,
    decimal? Target,
    long CoachingSessions,
    string? BaseGrade,
    string? Grade,
    int? Drop,
    string? GradeNote,
    decimal? Score,
    decimal? MeasuredMax,
    string? ScoreBand)
{
    /// <summary>Why a closed month shows no grade for an agent who came into it later.</summary>
    public const string NotThere = "Not graded when the month was closed";

    public static FrozenRow Of(ScorecardRow row, Counts c) => new(
        row.AgentId, c.Allocated, c.Closed, c.FirstPass, c.FailedFirstPass, c.Excused, c.OnHold, c.Rejected,
        c.RejectEvents, c.ReRejected, c.AnyRejection, c.Moved, c.CycleDays, c.OpenToMoveDays, row.Attendance,
        row.DailyAvg, row.Target, row.CoachingSessions, row.BaseGrade, row.Grade, row.Drop, row.GradeNote, row.Score,
        row.MeasuredMax, row.ScoreBand);

    public Counts ToCounts() => new(
        Allocated, Closed, FirstPass, FailedFirstPass, Excused, OnHold, Rejected, RejectEvents, ReRejected,
        AnyRejection, Moved, CycleDays, OpenToMoveDays);

    /// <summary>The whole row as it was, under the policy that it was graded with.</summary>
    public ScorecardRow ToRow(string name, ScorePolicy policy) => AgentId is { } agent
        ? Onto(ScorecardRow.Of(
            agent, name, ToCounts(), new AgentRecords(Attendance, DailyAvg, Target, CoachingSessions), policy),
            this, policy)
        : ScorecardRow.Unassigned(ToCounts(), policy);

    /// <summary>The frozen grade and score beside today's counts, each of which opens what it counts today.</summary>
    public static ScorecardRow Onto(ScorecardRow row, FrozenRow? frozen, ScorePolicy policy) => row with
    {
        BaseGrade = frozen?.BaseGrade,
        Grade = frozen?.Grade,
        Drop = frozen?.Drop,
        GradeNote = frozen is null ? NotThere : frozen.GradeNote,
        Score = frozen?.Score,
        MeasuredMax = frozen?.MeasuredMax,
        ScoreBand = frozen?.ScoreBand,
        Flags =
        [
            .. row.Flags.Where(flag => flag != ScorecardRow.CoachingDue),
            .. frozen?.Grade is { } letter && policy.CoachingGrades.Contains(letter)
                ? [ScorecardRow.CoachingDue] : Array.Empty<string>()
        ],
        Frozen = true
    };
}
