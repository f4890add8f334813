using Marten;
using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Inbox;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Notifications.Intake;

/// <summary>
/// Feed <c>tickets</c>: what somebody is told of becomes an inbox entry and a queued e-mail in the transaction that
/// moves the feed's cursor; what tickets are called is kept for both.
/// </summary>
internal sealed class TicketFactsHandler(Recipients recipients, TimeProvider clock) : IFeedHandler<TicketFact>
{
    public async Task HandleAsync(IReadOnlyList<TicketFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        RememberNames(facts, session);
        var now = clock.GetUtcNow().ToUniversalTime();
        var notices = Assignments.Announced(facts).Select(fact => Assignments.Decide(fact, now))
            .Concat(await VerdictsAsync(facts, now, cancel))
            .DistinctBy(notice => notice.Entry.EntryId).ToList();
        if (notices.Count == 0)
        {
            return;
        }

        // After a restore of TicketService's store its feed comes again: what is there stays.
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

    private async Task<IReadOnlyList<Notice>> VerdictsAsync(
        IReadOnlyList<TicketFact> facts, DateTimeOffset now, CancellationToken cancel)
    {
        var notices = new List<Notice>();
        foreach (var fact in facts)
        {
            if (Verdicts.Concerned(fact) is { } agent)
            {
                var team = fact is TicketDisputed ? (await recipients.RootAsync(agent, cancel))?.TeamId : null;
                if (Verdicts.Decide(fact, agent, team, now) is { } notice)
                {
                    notices.Add(notice);
                }
            }
        }

        return notices;
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

    private static void RememberNames(IReadOnlyList<TicketFact> facts, IDocumentSession session)
    {
        var tickets = facts.OfType<TicketOpened>().DistinctBy(fact => fact.TicketId).ToList();
        if (tickets.Count > 0)
        {
            session.QueueSqlCommand(
                NotificationTables.NameTickets,
                tickets.Select(fact => fact.TicketId).ToArray(),
                tickets.Select(fact => fact.ExternalId).ToArray(),
                tickets.Select(fact => fact.Title ?? "").ToArray());
        }
    }
}
