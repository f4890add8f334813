using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Goals;

/// <summary>Whose goal: an agent's (UUID) or each member's of a team (slug).</summary>
internal readonly record struct GoalOwner(Guid? AgentId, string? TeamId)
{
    public static GoalOwner Read(string field, string? value) =>
        Guid.TryParseExact(value, "D", out var agentId)
            ? new GoalOwner(agentId, null)
            : new GoalOwner(null, Input.Slug(field, value));

    public void RequireSeen(CurrentUser user, Organisation organisation)
    {
        if (AgentId is { } agentId)
        {
            organisation.Seen(user, agentId);
            return;
        }

        _ = organisation.MaySeeTeam(user, TeamId!)
            ? organisation.Team(TeamId!)
            : throw new ForbiddenException("You have nothing to do with this team.");
    }

    public void RequireSupervised(CurrentUser user, Organisation organisation)
    {
        if (AgentId is { } agentId)
        {
            organisation.SupervisedRecord(user, agentId);
            return;
        }

        _ = organisation.SupervisesTeam(user, TeamId!)
            ? organisation.Team(TeamId!)
            : throw new ForbiddenException("This team is none of yours.");
    }

    public override string ToString() => AgentId?.ToString("D") ?? TeamId!;
}
