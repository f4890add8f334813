using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Tickets.Feeds;

/// <summary>
/// Takes the feed <c>coaching</c> in: the directory's mirror, and which tickets have a coaching entry.
/// </summary>
internal sealed class CoachingFacts : IFeedHandler<CoachingFact>
{
    public Task HandleAsync(IReadOnlyList<CoachingFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case AgentChanged e:
                    session.QueueSqlCommand(
                        AgentDirectory.Upsert,
                        e.AgentId, e.Name, e.Email!, e.TeamId!, e.DepartmentId!, e.Country!, e.Active);
                    break;
                case AgentsMerged e:
                    session.QueueSqlCommand(AgentDirectory.Merge, e.Kept, e.Merged, e.Merged, e.Merged);
                    break;
                case SessionRecorded { TicketId: { } ticketId }:
                    session.QueueSqlCommand(
                        "insert into coached_ticket (ticket_id) values (?) on conflict do nothing", ticketId);
                    break;
            }
        }

        return Task.CompletedTask;
    }
}
