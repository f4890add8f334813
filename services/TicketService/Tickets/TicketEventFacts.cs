namespace Performance.Tickets;

/// <summary>What every event of a ticket has: when it happened, in which step, by whom.</summary>
internal static class TicketEventFacts
{
    public static (DateTimeOffset OccurredAt, int Step, string? By) Of(object data) => data switch
    {
        TicketImported e => (e.OccurredAt, e.Step, null),
        TicketSubmitted e => (e.OccurredAt, e.Step, null),
        TicketAssigned e => (e.OccurredAt, e.Step, e.By),
        TicketStatusChanged e => (e.OccurredAt, e.Step, e.By),
        TicketReclassified e => (e.OccurredAt, e.Step, null),
        TicketRenamed e => (e.OccurredAt, e.Step, null),
        RejectionRecorded e => (e.OccurredAt, e.Step, e.By),
        RejectionLabelRemoved e => (e.OccurredAt, e.Step, null),
        RejectionsExcused e => (e.OccurredAt, e.Step, e.By),
        ExcuseWithdrawn e => (e.OccurredAt, e.Step, e.By),
        RejectionDisputed e => (e.OccurredAt, e.Step, e.By),
        DisputeDecided e => (e.OccurredAt, e.Step, e.By),
        _ => throw new InvalidOperationException($"{data.GetType().Name} is no event of a ticket.")
    };
}
