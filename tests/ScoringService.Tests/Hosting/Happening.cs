using Performance.Scoring.Agents;
using Performance.Scoring.Feeds;
using Performance.Scoring.MyPerformance;

namespace Performance.Scoring;

/// <summary>Short forms of events in tests, with the stream that each belongs to.</summary>
internal static class Happening
{
    public static (Guid, object) Attendance(Guid agent, int year, int month, decimal? percent) =>
        (StreamIds.Agent(agent), new AttendanceNoted(agent, new(year, month, 1), percent, Now, Now));

    public static (Guid, object) WorkDay(Guid agent, DateOnly date, int entries) =>
        (StreamIds.Agent(agent), new WorkDayCounted(agent, date, entries, Now, Now));

    public static (Guid, object) WorkDayGone(Guid agent, DateOnly date) =>
        (StreamIds.Agent(agent), new WorkDayEmptied(agent, date, Now, Now));

    public static (Guid, object) Ramp(Guid agent, DateOnly? hired) =>
        (StreamIds.Agent(agent), new RampPlanned(agent, hired, Now, Now));

    public static (Guid, object) Session(Guid agent, DateOnly date, Guid? ticket = null) =>
        (StreamIds.Agent(agent), new SessionHeld(Guid.NewGuid(), agent, ticket, date, "sam", Now, Now));

    public static (Guid, object) Merge(Guid kept, Guid merged) =>
        (StreamIds.Agent(kept), new AgentRecordsMerged(kept, merged, Now, Now));

    public static (Guid, object) Goal(
        Guid? agent, string? team, string metric, decimal? amount, DateOnly from, string? currency = null) =>
        (agent is { } id ? StreamIds.Agent(id) : StreamIds.Team(team!),
            new GoalAgreed(agent, team, metric, amount, currency, from, Now, Now));

    public static (Guid, object) Call(Guid rep, DateTimeOffset at, int seconds = 300) =>
        Of(new RepHandledCall("c", at, seconds, null)
        {
            RepId = rep, FactId = Guid.NewGuid(), OccurredAt = at, RecordedAt = at
        });

    public static (Guid, object) Payment(Guid rep, DateTimeOffset at, decimal amount, string currency = "USD") =>
        Of(new RepCollectedPayment(amount, currency, null)
        {
            RepId = rep, FactId = Guid.NewGuid(), OccurredAt = at, RecordedAt = at
        });

    public static (Guid, object) Raised(Guid rep, DateTimeOffset at, string type = "new-meter") =>
        Of(new RepRaisedService("s", type) { RepId = rep, FactId = Guid.NewGuid(), OccurredAt = at, RecordedAt = at });

    public static (Guid, object) Completed(Guid rep, DateTimeOffset at, string type = "new-meter") =>
        Of(new RepCompletedService("s", type)
        {
            RepId = rep, FactId = Guid.NewGuid(), OccurredAt = at, RecordedAt = at
        });

    public static (Guid, object) Complaint(Guid rep, DateTimeOffset at, string id, string category = "billing") =>
        Of(new RepRegisteredComplaint(id, category)
        {
            RepId = rep, FactId = Guid.NewGuid(), OccurredAt = at, RecordedAt = at
        });

    public static (Guid, object) Resolved(Guid rep, DateTimeOffset at, string id, string category = "billing") =>
        Of(new RepResolvedComplaint(id, category)
        {
            RepId = rep, FactId = Guid.NewGuid(), OccurredAt = at, RecordedAt = at
        });

    private static DateTimeOffset Now => Story.Beginning;

    private static (Guid, object) Of(RepEvent e) => (StreamIds.RepMonth(e.RepId, e.OccurredAt), e);
}
