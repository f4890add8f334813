using Marten;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Inbox;

namespace Performance.Notifications.Intake;

/// <summary>Puts notices into the store: an entry and a queued e-mail each, once however often a fact comes.</summary>
internal static class Notices
{
    public static async Task AddAsync(IEnumerable<Notice> decided, IDocumentSession session, CancellationToken cancel)
    {
        var notices = decided.DistinctBy(notice => notice.Entry.EntryId).ToList();
        if (notices.Count == 0)
        {
            return;
        }

        // After a restore of the producer's store its feed comes again: what is there stays.
        var known = (await session.LoadManyAsync<InboxEntry>(cancel, notices.Select(n => n.Entry.EntryId)))
            .Select(entry => entry.Id).ToHashSet();
        foreach (var notice in notices.Where(n => !known.Contains(n.Entry.EntryId)))
        {
            Add(notice, session);
        }

        foreach (var agent in notices.Select(n => n.Entry.AgentId).Distinct().Order())
        {
            session.QueueSqlCommand(NotificationTables.TouchInbox, agent);
        }
    }

    private static void Add(Notice notice, IDocumentSession session)
    {
        session.Events.StartStream<InboxEntry>(notice.Entry.EntryId, notice.Entry);
        if (notice is { Delivery: { } late, Skipped: { } skipped })
        {
            session.Events.StartStream<Delivery>(late.DeliveryId, late, skipped);
        }
        else if (notice.Delivery is { } delivery)
        {
            session.Events.StartStream<Delivery>(delivery.DeliveryId, delivery);
            session.QueueSqlCommand(NotificationTables.Enqueue, delivery.DeliveryId, delivery.OccurredAt);
        }
    }
}
