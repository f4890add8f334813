using JasperFx.Events;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;
using Performance.Tickets.WorkLog;
using Facts = Performance.Contracts;
using SourceStatusesDefined = Performance.Tickets.Imports.SourceStatusesDefined;

namespace Performance.Tickets.Feeds;

/// <summary>
/// Feed <c>tickets</c>: what happened to tickets, how sources' statuses are read, days of the work log.
/// </summary>
internal static class TicketFeed
{
    public static Feed<TicketFact> Definition { get; } = new(
        "tickets",
        [
            typeof(TicketImported), typeof(TicketSubmitted), typeof(TicketAssigned), typeof(TicketStatusChanged),
            typeof(TicketReclassified), typeof(RejectionRecorded), typeof(RejectionLabelRemoved),
            typeof(RejectionsExcused), typeof(ExcuseWithdrawn), typeof(RejectionDisputed), typeof(DisputeDecided),
            typeof(SourceStatusesDefined), typeof(DayLogged), typeof(DayCleared)
        ],
        (events, _, _) => ValueTask.FromResult<IReadOnlyList<TicketFact>>(
            [.. events.Select(Translate).OfType<TicketFact>()]));

    /// <summary>The fact that a stored event is; null for events that nobody else needs.</summary>
    internal static TicketFact? Translate(IEvent stored)
    {
        var (id, sequence, recorded, ticket) = (stored.Id, stored.Sequence, stored.Timestamp, stored.StreamId);
        return stored.Data switch
        {
            TicketImported e => new TicketOpened(
                TicketKind.Imported, e.Source, e.ExternalId, e.Title, e.Type, e.State, e.Status, e.StatusAt,
                e.AgentId)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            TicketSubmitted e => new TicketOpened(
                TicketKind.Intake, Ticket.OwnSource, e.Number, e.Subject, null, null, IntakeStatuses.New, e.OccurredAt,
                e.AgentId)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            TicketAssigned e => new Facts.TicketAssigned(e.AgentId, e.Origin, e.By)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            TicketStatusChanged e => new Facts.TicketStatusChanged(
                e.From, e.To, e.AgentId, e.Origin, e.By, e.SendsBack)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            TicketReclassified e => new Facts.TicketReclassified(e.Type, e.State)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            RejectionRecorded e => new TicketRejected(e.Label, e.Origin, e.By, e.AgentId)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            RejectionLabelRemoved e => new TicketRejectionRemoved(e.RejectionEventId, e.Label)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            RejectionsExcused e => new TicketExcused(
                e.RejectionEventId, e.By, e.Reason, e.AgentId, e.DisputeEventId)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            ExcuseWithdrawn e => new TicketExcuseWithdrawn(e.RejectionEventId, e.By, e.Reason, e.AgentId)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            RejectionDisputed e => new TicketDisputed(e.RejectionEventId, e.AgentId, e.By)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            DisputeDecided e => new TicketDisputeDecided(e.DisputeEventId, e.Accepted, e.AgentId, e.By)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded,
                TicketId = ticket, Step = e.Step
            },
            SourceStatusesDefined e => new Facts.SourceStatusesDefined(e.Source, e.Terminal, e.Closed, e.Hold)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            DayLogged e => new WorkDayLogged(e.AgentId, e.Date, e.Entries.Count)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            DayCleared e => new WorkDayCleared(e.AgentId, e.Date)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            _ => null
        };
    }
}
