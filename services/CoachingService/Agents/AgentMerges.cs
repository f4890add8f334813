using System.Collections.Immutable;

namespace Performance.Coaching.Agents;

/// <summary>
/// Every merge of the directory, in one stream: merges are rare, and only one stream's version can keep two merges at
/// the same time from making a circle.
/// </summary>
internal sealed partial record AgentMerges
{
    public static readonly AgentMerges None = new();

    public Guid Id { get; init; }

    /// <summary>Merged record to the record that was kept.</summary>
    public ImmutableDictionary<Guid, Guid> Into { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;

    public static AgentMerges Create(AgentsMerged merged) => None.Apply(merged);

    public AgentMerges Apply(AgentsMerged merged) => this with { Into = Into.SetItem(merged.Merged, merged.Kept) };

    public bool IsMerged(Guid agentId) => Into.ContainsKey(agentId);

    /// <summary>The record under which the agent's history stands now.</summary>
    public Guid Root(Guid agentId)
    {
        while (Into.TryGetValue(agentId, out var kept))
        {
            agentId = kept;
        }

        return agentId;
    }

    /// <summary>The record and all that were merged into it, itself first.</summary>
    public IReadOnlyList<Guid> Family(Guid agentId)
    {
        var root = Root(agentId);
        return [root, .. Into.Keys.Where(merged => Root(merged) == root).Order()];
    }
}
