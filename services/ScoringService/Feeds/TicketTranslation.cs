using Performance.Contracts;
using Performance.Scoring.Agents;
using Performance.Scoring.Tickets;
using WorkDayEmptied = Performance.Scoring.Agents.WorkDayEmptied;

namespace Performance.Scoring.Feeds;

/// <summary>TicketService's facts in Scoring's own words, with the stream that each belongs to.</summary>
internal static class TicketTranslation
{
    public static (Guid Stream, object Event)? Of(TicketFact fact) => fact switch
    {
        TicketStreamFact f => Work(f) is { } e ? (f.TicketId, e) : null,
        SourceStatusesDefined f => (StreamIds.Source(f.Source), new StatusClassesDefined(
            f.Source, f.Terminal, f.Closed, f.Hold, f.OccurredAt, f.RecordedAt)),
        WorkDayLogged f => (StreamIds.Agent(f.AgentId), new WorkDayCounted(
            f.AgentId, f.Date, f.Entries, f.OccurredAt, f.RecordedAt)),
        WorkDayCleared f => (StreamIds.Agent(f.AgentId), new WorkDayEmptied(
            f.AgentId, f.Date, f.OccurredAt, f.RecordedAt)),
        _ => null
    };

    private static WorkEvent? Work(TicketStreamFact fact) => fact switch
    {
        TicketOpened f => new WorkOpened(
            Kind(f.Kind), f.Source, f.ExternalId, f.Title, f.Type, f.State, f.Status, f.StatusAt, f.AgentId)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketAssigned f => new WorkAssigned(f.AgentId)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketStatusChanged f => new WorkStatusChanged(f.To)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketReclassified f => new WorkReclassified(f.Type, f.State)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketRejected f => new WorkRejected(f.Label)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketRejectionRemoved f => new RejectionTakenBack(f.RejectionEventId)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketExcused f => new RejectionExcused(f.RejectionEventId, f.By, f.Reason)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        TicketExcuseWithdrawn f => new ExcuseWithdrawn(f.RejectionEventId, f.By, f.Reason)
        {
            TicketId = f.TicketId, FactId = f.EventId, Step = f.Step, OccurredAt = f.OccurredAt,
            RecordedAt = f.RecordedAt
        },
        _ => null
    };

    private static WorkKind Kind(TicketKind kind) => kind switch
    {
        TicketKind.Intake => WorkKind.Intake,
        TicketKind.SelfLogged => WorkKind.SelfLogged,
        _ => WorkKind.Imported
    };
}
