using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Inbox;

namespace Performance.Notifications.Intake;

/// <summary>What an assignment causes. Pure.</summary>
internal static class Assignments
{
    public const string Kind = "ticket-assigned";
    public const string Channel = "email";
    public const string TooOld = "The assignment was over a day old when it became known here.";

    /// <summary>
    /// After a restore the feed is read again from the start: nobody gets mail about last year's work.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    internal sealed record Notice(InboxEntryAdded Entry, DeliveryQueued Delivery, DeliverySkipped? Skipped);

    /// <summary>The assignments that somebody is told of: not those that an import brought.</summary>
    public static IEnumerable<TicketAssigned> Announced(IReadOnlyList<TicketFact> facts) => facts
        .OfType<TicketAssigned>()
        .Where(fact => fact is { AgentId: not null, Origin: FactOrigin.Command or FactOrigin.System });

    public static Notice Decide(TicketAssigned fact, DateTimeOffset now)
    {
        // Ids go by the agent of the fact, not by who the record was merged into since: they must never change.
        var agentId = fact.AgentId!.Value;
        var delivery = StreamIds.Delivery(fact.EventId, agentId, Channel);
        return new Notice(
            new InboxEntryAdded(
                StreamIds.InboxEntry(fact.EventId, agentId), agentId, Kind, fact.TicketId, fact.By, fact.OccurredAt),
            new DeliveryQueued(delivery, agentId, Channel, Kind, fact.TicketId, fact.By, false, now),
            now - fact.RecordedAt > Fresh ? new DeliverySkipped(delivery, TooOld, now) : null);
    }
}
