using Marten;
using Performance.Contracts;
using Performance.Notifications.Deliveries;
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
            .Concat(await VerdictsAsync(facts, now, cancel));
        await Notices.AddAsync(notices, session, cancel);
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
