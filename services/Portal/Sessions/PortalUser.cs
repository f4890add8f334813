using System.Security.Claims;
using Performance.ServiceDefaults.Identity;

namespace Performance.Portal.Sessions;

/// <summary>Who is signed in, and what the rail offers them.</summary>
public sealed record PortalUser(CurrentUser Who)
{
    public string UserName => Who.UserName;

    public Guid? AgentId => Who.AgentId;

    public bool IsAdmin => Who.IsAdmin;

    /// <summary>Team leads, supervisors and admins: excuse, attendance, ramp, imports.</summary>
    public bool Supervises => Who.IsSupervisor || Who.IsAdmin;

    /// <summary>Those who see more than themselves.</summary>
    public bool Oversees => Supervises || Who.IsDepartmentHead;

    /// <summary>Has an own dashboard, scorecard and log.</summary>
    public bool IsAgent => Who.Roles.Contains(Roles.Agent);

    public string RoleName =>
        IsAdmin ? "Admin"
        : Who.Roles.Contains(Roles.Supervisor) ? "Supervisor"
        : Who.Roles.Contains(Roles.TeamLead) ? "Team lead"
        : Who.IsDepartmentHead ? "Department head"
        : "Agent";

    /// <summary>Compares teams: the own department's, or all.</summary>
    public bool ComparesTeams => Who.IsDepartmentHead || Who.IsAdmin;

    public string Home => Supervises ? "/dashboard" : ComparesTeams ? "/department" : "/my";

    /// <summary>Null for somebody who is not signed in.</summary>
    public static PortalUser? From(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } ? new PortalUser(CurrentUser.From(principal)) : null;
}
