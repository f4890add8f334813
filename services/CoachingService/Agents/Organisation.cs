using Marten;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary>The directory as it is now, and who may see or supervise whom in it.</summary>
internal sealed class Organisation(
    IReadOnlyDictionary<Guid, Agent> agents,
    IReadOnlyDictionary<string, Team> teams,
    IReadOnlyDictionary<string, Department> departments,
    AgentMerges merges)
{
    public AgentMerges Merges => merges;

    public IReadOnlyDictionary<Guid, Agent> Agents => agents;

    public IReadOnlyDictionary<string, Team> Teams => teams;

    public IReadOnlyDictionary<string, Department> Departments => departments;

    public static async Task<Organisation> LoadAsync(IQuerySession session, CancellationToken cancel)
    {
        var agents = await session.Query<Agent>().ToListAsync(cancel);
        var teams = await session.Query<Team>().ToListAsync(cancel);
        var departments = await session.Query<Department>().ToListAsync(cancel);
        var merges = await session.LoadAsync<AgentMerges>(StreamIds.Merges, cancel);
        return new Organisation(
            agents.ToDictionary(a => a.Id),
            teams.ToDictionary(t => t.Id),
            departments.ToDictionary(d => d.Id),
            merges ?? AgentMerges.None);
    }

    /// <summary>The agent's record, or 404.</summary>
    public Agent Agent(Guid agentId) =>
        agents.GetValueOrDefault(agentId) ?? throw new NotFoundException("There is no such agent.");

    /// <summary>The team's record, or 404.</summary>
    public Team Team(string teamId) =>
        teams.GetValueOrDefault(teamId) ?? throw new NotFoundException("There is no such team.");

    public string? DepartmentOf(Agent agent) =>
        agent.TeamId is { } team ? teams.GetValueOrDefault(team)?.DepartmentId : null;

    /// <summary>The record's team; a merged record belongs where the kept one does.</summary>
    public string? TeamOf(Guid agentId) => agents.GetValueOrDefault(merges.Root(agentId))?.TeamId;

    public bool IsSelf(CurrentUser user, Guid agentId) =>
        user.AgentId is { } self && merges.Root(self) == merges.Root(agentId);

    /// <summary>May decide about this agent's work.</summary>
    public bool Supervises(CurrentUser user, Guid agentId) =>
        user.IsAdmin || (user.IsSupervisor && TeamOf(agentId) is { } team && user.Teams.Contains(team));

    public bool SupervisesTeam(CurrentUser user, string teamId) =>
        user.IsAdmin || (user.IsSupervisor && user.Teams.Contains(teamId));

    public bool Heads(CurrentUser user, string? teamId) =>
        user.IsDepartmentHead && user.Department is { } department
        && teamId is not null && teams.GetValueOrDefault(teamId)?.DepartmentId == department;

    public bool MaySee(CurrentUser user, Guid agentId) =>
        IsSelf(user, agentId) || Supervises(user, agentId) || Heads(user, TeamOf(agentId));

    public bool MaySeeTeam(CurrentUser user, string teamId) =>
        SupervisesTeam(user, teamId) || Heads(user, teamId)
        || (user.AgentId is { } self && TeamOf(self) == teamId);

    /// <summary>The record, if the user may see it; 403 before 404, so that ids cannot be probed.</summary>
    public Agent Seen(CurrentUser user, Guid agentId) => MaySee(user, agentId)
        ? Agent(agentId)
        : throw new ForbiddenException("You may not see this agent's record.");

    /// <summary>The record, if the user supervises the agent.</summary>
    public Agent Supervised(CurrentUser user, Guid agentId) => Supervises(user, agentId)
        ? Agent(agentId)
        : throw new ForbiddenException("This agent is in none of your teams.");

    /// <summary>
    /// As <see cref="Supervised"/>; what belongs to a merged record goes to the kept one instead: 409.
    /// </summary>
    public Agent SupervisedRecord(CurrentUser user, Guid agentId)
    {
        var agent = Supervised(user, agentId);
        return merges.IsMerged(agentId) ? throw MergeAgents.IsMerged(merges.Root(agentId)) : agent;
    }
}
