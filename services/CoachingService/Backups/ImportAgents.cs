using Marten;
using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Backups;

/// <summary>
/// Section <c>agents</c>: whoever is not known here is registered, without a team. Records that are here stay as they
/// are: the document does not say since when a name holds.
/// </summary>
internal static class ImportAgents
{
    private const int LongestName = 200;
    private const int MostSources = 100;

    /// <param name="Id">In the document.</param>
    /// <param name="Here">Whom it is here.</param>
    /// <param name="Agent">The record, if there is none yet.</param>
    /// <param name="Sources">What imports call the agent.</param>
    internal sealed record Command(
        Guid Id, Guid Here, Agent Agent, IReadOnlyList<(string Source, string Name)> Sources);

    public static SectionImport<PortalAgent, Command> Section(AgentMatching agents, string by, DateTimeOffset now) =>
        new(
            "agents", entry => Read(entry, agents), entry => entry.Id, command => command.Id.ToString(),
            command => command.Here, (commands, session, cancel) => DecideAsync(commands, session, by, now, cancel));

    private static Command Read(PortalAgent entry, AgentMatching agents)
    {
        var id = Input.Id("id", entry.Id);
        var agent = ChangeAgent.Read(id, new ChangeAgent.Body(entry.Name, entry.Email), null);
        var sources = entry.Sources ?? [];
        return sources.Count > MostSources
            ? throw new InvalidFieldException("sources", $"are more than {MostSources}")
            : new Command(id, agents.Of("id", entry.Id), agent, [.. sources.Select(Source)]);
    }

    private static (string, string) Source(PortalSource? source) => (
        Input.Line("sources.source", source?.Source, LongestName),
        Input.Line("sources.name", source?.Name, LongestName));

    private static async Task<IReadOnlyList<EntryResult>> DecideAsync(
        IReadOnlyList<Command> commands, IDocumentSession session, string by, DateTimeOffset now,
        CancellationToken cancel)
    {
        var known = (await session.LoadManyAsync<Agent>(cancel, commands.Select(c => c.Here)))
            .Select(a => a.Id).ToHashSet();
        var results = new List<EntryResult>(commands.Count);
        foreach (var command in commands)
        {
            foreach (var (source, name) in command.Sources)
            {
                session.QueueSqlCommand(BackupTables.AddSource, source, name, command.Here);
            }

            if (!known.Add(command.Here))
            {
                results.Add(EntryResult.Unchanged);
                continue;
            }

            session.Events.StartStream<RegisteredAgent>(
                command.Here, ChangeAgent.Decide(null, command.Agent, null, by, now));
            session.Store(command.Agent);
            results.Add(EntryResult.Created);
        }

        return results;
    }
}
