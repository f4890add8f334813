using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>
/// Who may do what with whose tickets (api.md, ADR 0041): agents with their own, supervisors and team leads with those
/// of their teams' agents, department heads read their department's, admins all. Nobody's tickets are the queue, which
/// supervisors see and take from.
/// </summary>
/// <param name="User">Who asks.</param>
/// <param name="Agents">The directory.</param>
internal sealed record TicketAccess(CurrentUser User, IReadOnlyDictionary<Guid, DirectoryEntry> Agents)
{
    /// <summary>The record that counts for an agent: where two are one person, the kept one.</summary>
    public Guid? Resolve(Guid? agentId) =>
        agentId is { } id && Agents.TryGetValue(id, out var agent) && agent.MergedInto is { } kept ? kept : agentId;

    public bool MaySee(Guid? assignee) => User.IsAdmin
        || (assignee is null ? User.IsSupervisor : IsOwn(assignee) || Supervises(assignee) || Heads(assignee));

    public bool MayDecide(Guid? assignee) => User.IsAdmin || Supervises(assignee);

    /// <summary>The agents whose tickets are in sight, merged records included; null: all.</summary>
    public Guid[]? VisibleAgents() => User.IsAdmin ? null
        : [.. Agents.Keys.Where(id => MaySee(id)), .. User.AgentId is { } self ? [self] : Array.Empty<Guid>()];

    public void RequireSight(Ticket ticket) => Require(MaySee(ticket.AgentId), "This ticket is not yours to see.");

    /// <summary>Status, re-opening, recording a rejection: the owner, a supervisor of the owner, an admin.</summary>
    public void RequireWork(Ticket ticket) => Require(
        User.IsAdmin || IsOwn(ticket.AgentId) || Supervises(ticket.AgentId), "This ticket is not yours to work on.");

    /// <summary>Disputing: the owner alone, whoever else may work on it.</summary>
    public void RequireOwn(Ticket ticket) => Require(
        IsOwn(ticket.AgentId), "Only the ticket's own agent disputes its rejections.");

    /// <summary>Excusing, deciding disputes: a supervisor of the owner, an admin.</summary>
    public void RequireSupervision(Ticket ticket) => Require(
        MayDecide(ticket.AgentId), "This ticket's agent is not of your teams.");

    /// <summary>Assigning: an admin; a supervisor from the queue or from an own agent to an own agent.</summary>
    /// <exception cref="InvalidFieldException">The agent is not in the directory, or no longer active.</exception>
    public void RequireAssignment(Ticket ticket, Guid agentId)
    {
        Require(User.IsAdmin || ticket.AgentId is null || Supervises(ticket.AgentId),
            "This ticket's agent is not of your teams.");
        RequireKnown(agentId);
        Require(User.IsAdmin || Supervises(agentId), "That agent is not of your teams.");
    }

    /// <exception cref="InvalidFieldException">The agent is not in the directory, or no longer active.</exception>
    public void RequireKnown(Guid agentId)
    {
        if (Resolve(agentId) is not { } id || !Agents.TryGetValue(id, out var agent))
        {
            throw new InvalidFieldException("agentId", "is not an agent of the directory");
        }

        if (!agent.Active)
        {
            throw new InvalidFieldException("agentId", "is an agent who has left");
        }
    }

    private bool IsOwn(Guid? assignee) => assignee is not null && Resolve(assignee) == Resolve(User.AgentId);

    private bool Supervises(Guid? assignee) => User.IsSupervisor
        && Find(assignee)?.TeamId is { } team && User.Teams.Contains(team);

    private bool Heads(Guid? assignee) => User.IsDepartmentHead
        && Find(assignee)?.DepartmentId is { } department && department == User.Department;

    private DirectoryEntry? Find(Guid? agentId) => Resolve(agentId) is { } id ? Agents.GetValueOrDefault(id) : null;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ForbiddenException(otherwise);
        }
    }
}
