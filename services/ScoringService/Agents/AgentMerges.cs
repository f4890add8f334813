namespace Performance.Scoring.Agents;

/// <summary>Which records are one person. Applied when reading, so that a merge moves all history at once.</summary>
internal sealed class AgentMerges(IReadOnlyDictionary<Guid, Guid> keptOf)
{
    private readonly ILookup<Guid, Guid> members = keptOf.Keys.ToLookup(merged => Follow(keptOf, merged));

    /// <summary>The record that stands for this one.</summary>
    public Guid Kept(Guid agentId) => Follow(keptOf, agentId);

    /// <summary>Every record of the person, the kept one first.</summary>
    public IReadOnlyList<Guid> Members(Guid kept) => [kept, .. members[kept].Where(m => m != kept).Order()];

    private static Guid Follow(IReadOnlyDictionary<Guid, Guid> keptOf, Guid agentId)
    {
        // A circle of merges cannot be followed for ever: as many hops as there are merges are enough.
        for (var hops = 0; hops <= keptOf.Count && keptOf.TryGetValue(agentId, out var kept); hops++)
        {
            agentId = kept;
        }

        return agentId;
    }
}
