using Performance.ServiceDefaults.Problems;

namespace Performance.ServiceDefaults.Backups;

/// <summary>What a service knows of agents, for matching those of a document.</summary>
/// <param name="Ids">Every agent, merged records among them.</param>
/// <param name="BySource">(source, name) to the agent that imports mean by it.</param>
/// <param name="ByName">Names of agents that count; those that more than one has are left out.</param>
public sealed record KnownAgents(
    IReadOnlySet<Guid> Ids,
    IReadOnlyDictionary<(string Source, string Name), Guid> BySource,
    IReadOnlyDictionary<string, Guid> ByName)
{
    /// <summary>The names that exactly one agent has, compared without case.</summary>
    public static IReadOnlyDictionary<string, Guid> Unique(IEnumerable<(string Name, Guid Id)> agents) => agents
        .GroupBy(a => a.Name.Trim(), StringComparer.OrdinalIgnoreCase)
        .Where(g => g.Select(a => a.Id).Distinct().Count() == 1)
        .ToDictionary(g => g.Key, g => g.First().Id, StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// Whom the agents of a document are here: the same id, else who a source calls so, else the only one of that name,
/// else a new agent with the document's id. Both owners of the document decide by this alone, so that they agree.
/// </summary>
public sealed class AgentMatching
{
    private readonly Dictionary<Guid, Guid> here = [];
    private readonly KnownAgents known;

    public AgentMatching(IReadOnlyList<PortalAgent?>? agents, KnownAgents known)
    {
        this.known = known;
        var read = (agents ?? []).OfType<PortalAgent>()
            .Select(a => (Agent: a, Id: Guid.TryParseExact(a.Id, "D", out var id) ? id : Guid.Empty))
            .Where(a => a.Id != Guid.Empty && !string.IsNullOrWhiteSpace(a.Agent.Name)).ToList();
        var names = KnownAgents.Unique(read.Select(a => (a.Agent.Name!, a.Id)));
        foreach (var (agent, id) in read)
        {
            here.TryAdd(id, known.Ids.Contains(id) ? id
                : BySource(agent) ?? (names.ContainsKey(agent.Name!.Trim()) ? ByName(agent.Name) : null) ?? id);
        }
    }

    /// <summary>The agent here that an agent of the document is.</summary>
    /// <exception cref="InvalidFieldException">Neither the document nor the directory has it.</exception>
    public Guid Of(string field, string? agentId)
    {
        var id = Input.Id(field, agentId);
        return here.TryGetValue(id, out var agent) ? agent
            : known.Ids.Contains(id) ? id
            : throw new InvalidFieldException(field, "is no agent of the document, nor of the directory");
    }

    private Guid? BySource(PortalAgent agent) => (agent.Sources ?? []).OfType<PortalSource>()
        .Where(s => s is { Source: not null, Name: not null })
        .Select(s => known.BySource.TryGetValue((s.Source!, s.Name!), out var id) ? id : (Guid?)null)
        .FirstOrDefault(id => id is not null);

    private Guid? ByName(string name) => known.ByName.TryGetValue(name.Trim(), out var id) ? id : null;
}
