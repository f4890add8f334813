using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Scoring.Feeds;

/// <summary>TicketService's facts become Scoring's events, in the transaction that moves the feed's cursor.</summary>
internal sealed class TicketFactsHandler : IFeedHandler<TicketFact>
{
    public Task HandleAsync(IReadOnlyList<TicketFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        Appending.To(session, facts.Select(TicketTranslation.Of));
        return Task.CompletedTask;
    }
}

/// <summary>Activity facts become events of the reps' month streams.</summary>
internal sealed class ActivityFactsHandler : IFeedHandler<ActivityFact>
{
    public Task HandleAsync(IReadOnlyList<ActivityFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        Appending.To(session, facts.Select(ActivityTranslation.Of));
        return Task.CompletedTask;
    }
}

/// <summary>Coaching facts become events; names and teams go to the directory's mirror beside them.</summary>
internal sealed class CoachingFactsHandler : IFeedHandler<CoachingFact>
{
    private const string MoveTeam = "update agent_directory set department_id = ? where team_id = ?";

    public Task HandleAsync(IReadOnlyList<CoachingFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        Appending.To(session, facts.Select(CoachingTranslation.Of));
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case AgentChanged a:
                    session.QueueSqlCommand(
                        AgentDirectory.Upsert, a.AgentId, a.Name, a.Email!, a.TeamId!, a.DepartmentId!, a.Country!,
                        a.Active);
                    break;
                case AgentsMerged m:
                    session.QueueSqlCommand(AgentDirectory.Merge, m.Kept, m.Merged, m.Merged, m.Merged);
                    break;
                case TeamChanged t:
                    session.QueueSqlCommand(MoveTeam, t.DepartmentId!, t.TeamId);
                    break;
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>Appends a page's events, one append per stream: the order within a stream is the feed's.</summary>
internal static class Appending
{
    public static void To(IDocumentSession session, IEnumerable<(Guid Stream, object Event)?> translated)
    {
        foreach (var stream in translated.OfType<(Guid Stream, object Event)>().GroupBy(t => t.Stream, t => t.Event))
        {
            session.Events.Append(stream.Key, stream.ToArray());
        }
    }
}
