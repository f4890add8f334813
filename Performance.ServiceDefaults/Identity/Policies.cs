using Microsoft.AspNetCore.Authorization;

namespace Performance.ServiceDefaults.Identity;

/// <summary>
/// Who may call an endpoint at all, by role; whose data they may then touch is decided with
/// <see cref="CurrentUser"/> and the directory. Every endpoint names one of these, or is explicitly anonymous.
/// </summary>
public static class Policies
{
    /// <summary>Anybody with a person's token: agents, supervisors, department heads, admins.</summary>
    public const string Person = "person";

    /// <summary>Team leads, supervisors and admins: they decide about their teams' work.</summary>
    public const string Supervision = "supervision";

    /// <summary>Those who see more than themselves: team leads, supervisors, department heads, admins.</summary>
    public const string Oversight = "oversight";

    /// <summary>Department heads and admins: they compare teams.</summary>
    public const string Departments = "departments";

    /// <summary>Admins.</summary>
    public const string Administration = "administration";

    /// <summary>Integrations, and admins in their place.</summary>
    public const string Streaming = "streaming";

    internal static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(Person, p => p.RequireRole(
            Roles.Agent, Roles.TeamLead, Roles.Supervisor, Roles.DepartmentHead, Roles.Admin));
        options.AddPolicy(Supervision, p => p.RequireRole(Roles.TeamLead, Roles.Supervisor, Roles.Admin));
        options.AddPolicy(Oversight, p => p.RequireRole(
            Roles.TeamLead, Roles.Supervisor, Roles.DepartmentHead, Roles.Admin));
        options.AddPolicy(Departments, p => p.RequireRole(Roles.DepartmentHead, Roles.Admin));
        options.AddPolicy(Administration, p => p.RequireRole(Roles.Admin));
        options.AddPolicy(Streaming, p => p.RequireRole(Roles.Integration, Roles.Admin));

        // An endpoint that names no policy is closed, not open.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Roles.Admin)
            .Build();
    }
}
