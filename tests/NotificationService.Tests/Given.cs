using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Inbox;
using Performance.ServiceDefaults.Directory;

namespace Performance.Notifications;

/// <summary>The states that events make, as the store folds them, and facts as they come.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 18, 0, 0, TimeSpan.Zero);

    public static Delivery? Delivery(params object[] events) => events.Aggregate(
        (Delivery?)null, (state, e) => e switch
        {
            DeliveryQueued queued => Deliveries.Delivery.Create(queued),
            DeliveryPostponed postponed => state!.Apply(postponed),
            DeliveryAttemptFailed failed => state!.Apply(failed),
            DeliverySent sent => state!.Apply(sent),
            DeliverySkipped skipped => state!.Apply(skipped),
            DeliveryRequeued requeued => state!.Apply(requeued),
            _ => throw new ArgumentOutOfRangeException(nameof(events))
        });

    public static InboxEntry? Entry(params object[] events) => events.Aggregate(
        (InboxEntry?)null, (state, e) => e switch
        {
            InboxEntryAdded added => InboxEntry.Create(added),
            InboxEntryRead read => state!.Apply(read),
            _ => throw new ArgumentOutOfRangeException(nameof(events))
        });

    public static TicketAssigned Assigned(
        Guid? agentId, FactOrigin origin = FactOrigin.Command, DateTimeOffset? recordedAt = null) =>
        new(agentId, origin, "supervisor")
        {
            EventId = Guid.NewGuid(), Sequence = 2, OccurredAt = Now, RecordedAt = recordedAt ?? Now,
            TicketId = Guid.NewGuid(), Step = 2
        };

    public static TicketRejected Rejected(Guid? agentId, FactOrigin origin = FactOrigin.Command) =>
        new("Wrong fee", origin, "supervisor", agentId)
        {
            EventId = Guid.NewGuid(), Sequence = 3, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(),
            Step = 3
        };

    public static TicketStatusChanged SentBack(Guid? agentId, FactOrigin origin = FactOrigin.Command) =>
        new("Open", "State Rej/Hold", agentId, origin, "supervisor", SendsBack: true)
        {
            EventId = Guid.NewGuid(), Sequence = 3, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(),
            Step = 3
        };

    public static TicketExcuseWithdrawn Withdrawn(Guid? agentId) => new(null, "supervisor", "Was ours", agentId)
    {
        EventId = Guid.NewGuid(), Sequence = 5, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(), Step = 5
    };

    public static GradesMoved Moved(Guid agentId, DateTimeOffset at, params MovedGrade[] months) =>
        new(agentId, months) { EventId = Guid.NewGuid(), Sequence = 7, OccurredAt = at, RecordedAt = at };

    public static TicketExcused Excused(Guid? agentId, Guid? dispute = null) =>
        new(null, "supervisor", "County", agentId, dispute)
        {
            EventId = Guid.NewGuid(), Sequence = 4, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(),
            Step = 4
        };

    public static TicketDisputed Disputed(Guid? agentId) => new(null, agentId, "robin")
    {
        EventId = Guid.NewGuid(), Sequence = 5, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(), Step = 5
    };

    public static TicketDisputeDecided Decided(Guid? agentId, bool accepted) =>
        new(Guid.NewGuid(), accepted, agentId, "supervisor")
        {
            EventId = Guid.NewGuid(), Sequence = 6, OccurredAt = Now, RecordedAt = Now, TicketId = Guid.NewGuid(),
            Step = 6
        };

    public static DirectoryEntry Person(string? email = "robin@example.org", bool active = true) =>
        new(Guid.NewGuid(), "Robin", email, "north", "sales", "US", active, null);
}
