using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Inbox;

namespace Performance.Notifications.Intake;

/// <summary>What becomes of a fact that somebody is told of: an inbox entry and, for an agent, an e-mail.</summary>
internal sealed record Notice(InboxEntryAdded Entry, DeliveryQueued? Delivery, DeliverySkipped? Skipped)
{
    public const string Channel = "email";
    public const string TooOld = "It was over a day old when it became known here.";

    /// <summary>
    /// After a restore the feed is read again from the start: nobody gets mail about last year's work.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    public static Notice ToAgent(
        TicketStreamFact fact, Guid agentId, string kind, string? by, DateTimeOffset now) =>
        WithMail(fact, ForInbox(fact, agentId, agentId, kind, by), now);

    /// <summary>Of grades: no ticket, nobody in particular who caused it.</summary>
    public static Notice OfGrades(GradesMoved fact, string kind, DateTimeOffset now) => WithMail(
        fact,
        new InboxEntryAdded(
            StreamIds.InboxEntry(fact.EventId, fact.AgentId), fact.AgentId, kind, null, null, fact.OccurredAt,
            [.. fact.Months.Select(m => new GradeChange(m.Month, m.From, m.To, m.Cause))]),
        now);

    /// <summary>
    /// Into the one inbox that the supervisors of a team share, and no e-mail: it is work that waits for any of them.
    /// Its id goes by the agent, as the agent may be in another team when the fact comes again.
    /// </summary>
    public static Notice ToSupervisors(TicketStreamFact fact, Guid agentId, string team, string kind, string? by) =>
        new(ForInbox(fact, agentId, StreamIds.TeamInbox(team), kind, by), null, null);

    private static Notice WithMail(Fact fact, InboxEntryAdded entry, DateTimeOffset now)
    {
        // Ids go by the agent of the fact, not by who the record was merged into since: they must never change.
        var delivery = StreamIds.Delivery(fact.EventId, entry.AgentId, Channel);
        return new Notice(
            entry,
            new DeliveryQueued(
                delivery, entry.AgentId, Channel, entry.Kind, entry.TicketId, entry.By, false, now, entry.Grades),
            now - fact.RecordedAt > Fresh ? new DeliverySkipped(delivery, TooOld, now) : null);
    }

    private static InboxEntryAdded ForInbox(
        TicketStreamFact fact, Guid agentId, Guid inbox, string kind, string? by) => new(
        StreamIds.InboxEntry(fact.EventId, agentId), inbox, kind, fact.TicketId, by, fact.OccurredAt);
}
