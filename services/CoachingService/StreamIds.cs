using System.Globalization;
using Performance.ServiceDefaults.Commands;

namespace Performance.Coaching;

/// <summary>Where each stream is. An agent's own stream has the agent's id, a session's the session's.</summary>
internal static class StreamIds
{
    public static readonly Guid Merges = DeterministicId.Of("agent-merges");

    public static Guid Team(string teamId) => DeterministicId.Of("team", teamId);

    public static Guid Department(string departmentId) => DeterministicId.Of("department", departmentId);

    public static Guid Attendance(Guid agentId, DateOnly month) => DeterministicId.Of(
        "attendance", agentId.ToString("D"), month.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    public static Guid RampPlan(Guid agentId) => DeterministicId.Of("ramp", agentId.ToString("D"));

    public static Guid Goals(Goals.GoalOwner owner) => DeterministicId.Of("goals", owner.ToString());

    public static Guid Session(string userName, string idempotencyKey) =>
        DeterministicId.Of("session", userName, idempotencyKey);

    public static Guid WeeklyReview(string supervisor, Reviews.IsoWeek week) =>
        DeterministicId.Of("weekly-review", supervisor, week.ToString());
}
