using Performance.Coaching.Agents;
using Performance.Coaching.Attendance;
using Performance.Coaching.Goals;
using Performance.Coaching.Reviews;
using Performance.Coaching.Sessions;

namespace Performance.Coaching;

/// <summary>The states that events make, as the store folds them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static AttendanceMonth? Attendance(params AttendanceRecorded[] events) => events.Aggregate(
        (AttendanceMonth?)null, (state, e) => state?.Apply(e) ?? AttendanceMonth.Create(e));

    public static RampPlan? Ramp(params RampPlanSet[] events) => events.Aggregate(
        (RampPlan?)null, (state, e) => state?.Apply(e) ?? RampPlan.Create(e));

    public static GoalList? Goals(params GoalSet[] events) => events.Aggregate(
        (GoalList?)null, (state, e) => state?.Apply(e) ?? GoalList.Create(e));

    public static AgentMerges? Merges(params AgentsMerged[] events) => events.Aggregate(
        (AgentMerges?)null, (state, e) => state?.Apply(e) ?? AgentMerges.Create(e));

    public static CoachingSession? Session(params object[] events) => events.Aggregate(
        (CoachingSession?)null, (state, e) => e switch
        {
            SessionRecorded recorded => CoachingSession.Create(recorded),
            SessionAcknowledged acknowledged => state!.Apply(acknowledged),
            ActionItemDone done => state!.Apply(done),
            ActionItemReopened reopened => state!.Apply(reopened),
            _ => throw new ArgumentOutOfRangeException(nameof(events))
        });

    public static WeeklyReview? Review(params object[] events) => events.Aggregate(
        (WeeklyReview?)null, (state, e) => e switch
        {
            ReviewStepDone done => state?.Apply(done) ?? WeeklyReview.Create(done),
            ReviewStepReopened reopened => state!.Apply(reopened),
            _ => throw new ArgumentOutOfRangeException(nameof(events))
        });
}
