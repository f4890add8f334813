using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Notifications.Intake;

/// <summary>Feed <c>coaching</c>: names and addresses, in the mirror of the directory.</summary>
internal sealed class CoachingFactsHandler : IFeedHandler<CoachingFact>
{
    public Task HandleAsync(IReadOnlyList<CoachingFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case AgentChanged a:
                    session.QueueSqlCommand(
                        AgentDirectory.Upsert,
                        a.AgentId, a.Name, a.Email!, a.TeamId!, a.DepartmentId!, a.Country!, a.Active);
                    break;
                case AgentsMerged merge:
                    session.QueueSqlCommand(
                        AgentDirectory.Merge, merge.Kept, merge.Merged, merge.Merged, merge.Merged);
                    break;
            }
        }

        return Task.CompletedTask;
    }
}
