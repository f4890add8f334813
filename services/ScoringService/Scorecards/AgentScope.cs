using Performance.Scoring.Views;

namespace Performance.Scoring.Scorecards;

/// <summary>The agents that a query is about: what the caller may see, narrowed by assignees and teams.</summary>
internal sealed class AgentScope
{
    private readonly ViewSnapshot views;
    private readonly IReadOnlySet<Guid>? kept;

    private AgentScope(ViewSnapshot views, IReadOnlySet<Guid>? kept, bool unassigned)
    {
        this.views = views;
        this.kept = kept;
        HasUnassigned = unassigned;
    }

    /// <summary>Whether tickets without an assignee are in it.</summary>
    public bool HasUnassigned { get; }

    public static AgentScope Of(ViewSnapshot views, Caller caller, Filters filters)
    {
        var named = filters.Assignees.OfType<Guid>().Select(views.Merges.Kept).ToHashSet();
        var everybody = filters.Assignees.Count == 0;
        var anyTeam = filters.Teams.Count == 0;
        IReadOnlySet<Guid>? kept = (caller.Visible, everybody) switch
        {
            (null, true) => anyTeam ? null : caller.Agents(views).ToHashSet(),
            (null, false) => named,
            ({ } visible, true) => visible,
            ({ } visible, false) => named.Where(visible.Contains).ToHashSet()
        };
        return new AgentScope(
            views, kept?.Where(agent => caller.IsIn(filters.Teams, agent)).ToHashSet(),
            caller.Visible is null && anyTeam && (everybody || filters.Assignees.Contains(null)));
    }

    /// <summary>These kept agents.</summary>
    public static AgentScope Of(ViewSnapshot views, IReadOnlySet<Guid> kept) => new(views, kept, false);

    /// <summary>All agents, and the tickets without one: what the system itself reckons with.</summary>
    public static AgentScope Everybody(ViewSnapshot views) => new(views, null, true);

    /// <summary>One agent, or the tickets without one.</summary>
    public static AgentScope Of(ViewSnapshot views, Guid? agent) =>
        new(views, agent is { } id ? new HashSet<Guid> { id } : new HashSet<Guid>(), agent is null);

    public bool Has(Guid keptAgent) => kept is null || kept.Contains(keptAgent);

    /// <summary>Numbers in the facts tables; null: all.</summary>
    public IReadOnlyList<int>? Numbers() => kept is null && HasUnassigned ? null :
    [
        .. views.Facets.Agents.Where(a => Has(views.Merges.Kept(a.Value))).Select(a => a.Key).Order(),
        .. HasUnassigned ? [0] : Array.Empty<int>()
    ];

    /// <summary>Agent ids with those merged into them; null: all.</summary>
    public IReadOnlyList<Guid>? Ids() => kept?.SelectMany(views.Merges.Members).ToList();
}
