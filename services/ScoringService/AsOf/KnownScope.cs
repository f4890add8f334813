using Performance.Scoring.Agents;
using Performance.Scoring.Scorecards;

namespace Performance.Scoring.AsOf;

/// <summary>
/// The agents that a question about the past is about. Records count as they were merged then; who may be seen is
/// decided by today's directory and merges, as everywhere.
/// </summary>
internal sealed class KnownScope
{
    private readonly AgentMerges then;
    private readonly Func<Guid?, bool> has;

    private KnownScope(AgentMerges then, Func<Guid?, bool> has) => (this.then, this.has) = (then, has);

    public static KnownScope Of(Caller caller, Filters filters, AgentMerges then, AgentMerges now)
    {
        var named = filters.Assignees.OfType<Guid>().Select(then.Kept).ToHashSet();
        var everybody = filters.Assignees.Count == 0;
        return new KnownScope(then, agent => agent is { } id
            ? caller.MaySee(now.Kept(id)) && caller.IsIn(filters.Teams, now.Kept(id))
                && (everybody || named.Contains(id))
            : caller.MaySee(null) && filters.Teams.Count == 0 && (everybody || filters.Assignees.Contains(null)));
    }

    /// <summary>One agent, or the tickets without one, whoever asks.</summary>
    public static KnownScope Of(Guid? agent, AgentMerges then) => new(then, id => id == agent);

    /// <summary>Whether a record, or the tickets without one, belong to it.</summary>
    public bool Has(Guid? agent) => has(agent is { } id ? then.Kept(id) : null);

    /// <summary>The record that stood for this one; <see cref="Guid.Empty"/> for none.</summary>
    public Guid Kept(Guid? agent) => agent is { } id ? then.Kept(id) : Guid.Empty;
}
