using Marten;
using Performance.Coaching.Backups;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Coaching.Agents;

/// <summary>
/// Feed <c>assignees</c>: an assignee that an import named becomes an agent's record, without a sign-in and without a
/// team. A record that is there already stays as it is.
/// </summary>
internal sealed class DiscoverAssignees : IFeedHandler<AssigneeFact>
{
    public async Task HandleAsync(
        IReadOnlyList<AssigneeFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        foreach (var fact in facts.OfType<AssigneeDiscovered>())
        {
            session.QueueSqlCommand(BackupTables.AddSource, fact.Source, fact.Name, fact.AgentId);
        }

        var found = facts.OfType<AssigneeDiscovered>().DistinctBy(fact => fact.AgentId).ToList();
        var known = await session.LoadManyAsync<Agent>(cancel, found.Select(fact => fact.AgentId));
        var knownIds = known.Select(agent => agent.Id).ToHashSet();
        foreach (var fact in found.Where(fact => !knownIds.Contains(fact.AgentId)))
        {
            session.Events.StartStream<RegisteredAgent>(fact.AgentId, Decide(fact));
            session.Store(new Agent { Id = fact.AgentId, Name = Name(fact.Name) });
        }
    }

    public static AgentRegistered Decide(AssigneeDiscovered fact) =>
        new(fact.AgentId, fact.Source, null, fact.RecordedAt);

    /// <summary>What the import calls the person, as one line that a table can show.</summary>
    public static string Name(string name)
    {
        var line = new string([.. name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]).Trim();
        return line.Length switch { 0 => "(no name)", > 200 => line[..200], _ => line };
    }
}
