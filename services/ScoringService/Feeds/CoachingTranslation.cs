using Performance.Contracts;
using Performance.Scoring.Agents;

namespace Performance.Scoring.Feeds;

/// <summary>CoachingService's facts in Scoring's own words. Names go to the directory's mirror instead.</summary>
internal static class CoachingTranslation
{
    public static (Guid Stream, object Event)? Of(CoachingFact fact) => fact switch
    {
        AgentChanged f => (StreamIds.Agent(f.AgentId), new AgentRecordChanged(
            f.AgentId, f.OccurredAt, f.RecordedAt)),
        AgentsMerged f => (StreamIds.Agent(f.Kept), new AgentRecordsMerged(
            f.Kept, f.Merged, f.OccurredAt, f.RecordedAt)),
        AttendanceRecorded f => (StreamIds.Agent(f.AgentId), new AttendanceNoted(
            f.AgentId, f.Month, f.Percent, f.OccurredAt, f.RecordedAt)),
        RampPlanSet f => (StreamIds.Agent(f.AgentId), new RampPlanned(
            f.AgentId, f.HireMonth, f.OccurredAt, f.RecordedAt)),
        SessionRecorded f => (StreamIds.Agent(f.AgentId), new SessionHeld(
            f.SessionId, f.AgentId, f.TicketId, f.Date, f.By, f.OccurredAt, f.RecordedAt)),
        SessionAnswered f => (StreamIds.Agent(f.AgentId), new CoachingAnswered(
            f.SessionId, f.AgentId, f.OccurredAt, f.RecordedAt)),
        ReviewMarked f => (StreamIds.Week(f.Week), new WeekReviewed(f.Week, f.OccurredAt, f.RecordedAt)),
        GoalSet f when f.AgentId is not null || f.TeamId is not null =>
            (f.AgentId is { } agent ? StreamIds.Agent(agent) : StreamIds.Team(f.TeamId!), new GoalAgreed(
                f.AgentId, f.TeamId, f.Metric, f.Amount, f.Currency, f.From, f.OccurredAt, f.RecordedAt)),
        _ => null
    };
}
