using Performance.Scoring.Agents;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>Whose numbers somebody may see: the own, the own teams', the own department's, or all.</summary>
internal sealed class Caller(
    CurrentUser user, IReadOnlySet<Guid>? visible, IReadOnlyDictionary<Guid, DirectoryEntry> directory)
{
    public CurrentUser User => user;

    /// <summary>The kept records of the agents they may see; null: all, and the unassigned tickets.</summary>
    public IReadOnlySet<Guid>? Visible => visible;

    /// <summary>Names.</summary>
    public IReadOnlyDictionary<Guid, DirectoryEntry> Directory => directory;

    public static async Task<Caller> OfAsync(
        HttpContext http, AgentDirectory directory, AgentMerges merges, CancellationToken cancel)
    {
        var user = CurrentUser.From(http.User);
        var visible = await directory.VisibleToAsync(user, cancel);
        return new Caller(user, visible?.Select(merges.Kept).ToHashSet(), await directory.AllAsync(cancel));
    }

    public bool MaySee(Guid? agent) => Visible is null || (agent is { } id && Visible.Contains(id));

    public string NameOf(Guid agent) => Directory.GetValueOrDefault(agent)?.Name ?? "Unknown agent";

    /// <summary>The team of a kept agent, or null.</summary>
    public string? TeamOf(Guid agent) => Directory.GetValueOrDefault(agent)?.TeamId;

    /// <summary>Whether a team filter lets a kept agent through.</summary>
    public bool IsIn(IReadOnlyList<string> teams, Guid agent) =>
        teams.Count == 0 || teams.Contains(TeamOf(agent) ?? "");

    /// <summary>Every kept agent that is known, whoever may be seen.</summary>
    public IEnumerable<Guid> Agents(ViewSnapshot views) =>
        Directory.Keys.Concat(views.Facets.Agents.Values).Select(views.Merges.Kept).Distinct();

    /// <summary>The agent of a path, if the caller may see it.</summary>
    /// <exception cref="ForbiddenException">They may not.</exception>
    /// <exception cref="NotFoundException">There is none.</exception>
    public Guid Agent(Guid asked, ViewSnapshot views)
    {
        var agent = views.Merges.Kept(asked);
        if (!MaySee(agent))
        {
            throw new ForbiddenException("This agent is not in your scope.");
        }

        return Directory.ContainsKey(agent) || views.Facets.Agents.Values.Contains(agent)
            || Visible?.Contains(agent) == true ? agent
            : throw new NotFoundException("There is no such agent.");
    }
}
