using System.Security.Claims;

namespace Performance.ServiceDefaults.Identity;

/// <summary>Who asks, from the token's claims and never from a body.</summary>
/// <param name="UserName">Claim <c>sub</c>.</param>
/// <param name="Roles">Claims <c>role</c>.</param>
/// <param name="AgentId">Claim <c>agent_id</c>: the agent record of this person, if there is one.</param>
/// <param name="Teams">Claims <c>team</c>: ids of the teams this person leads or supervises.</param>
/// <param name="Department">Claim <c>department</c>: id of the department this person heads.</param>
public sealed record CurrentUser(
    string UserName,
    IReadOnlySet<string> Roles,
    Guid? AgentId,
    IReadOnlySet<string> Teams,
    string? Department)
{
    public bool IsAdmin => Roles.Contains(Identity.Roles.Admin);

    public bool IsSupervisor => Roles.Contains(Identity.Roles.Supervisor) || Roles.Contains(Identity.Roles.TeamLead);

    public bool IsDepartmentHead => Roles.Contains(Identity.Roles.DepartmentHead);

    /// <summary>Reads the claims of an authenticated principal.</summary>
    public static CurrentUser From(ClaimsPrincipal principal) => new(
        principal.FindFirstValue(TokenClaims.Subject) ?? "",
        principal.FindAll(TokenClaims.Role).Select(c => c.Value).ToHashSet(),
        Guid.TryParse(principal.FindFirstValue(TokenClaims.AgentId), out var agent) ? agent : null,
        principal.FindAll(TokenClaims.Team).Select(c => c.Value).ToHashSet(),
        principal.FindFirstValue(TokenClaims.Department));
}

/// <summary>Names of the claims in a token.</summary>
public static class TokenClaims
{
    public const string Subject = "sub";
    public const string Role = "role";
    public const string AgentId = "agent_id";
    public const string Team = "team";
    public const string Department = "department";
}
