namespace Performance.ServiceDefaults.Identity;

/// <summary>The roles of api.md, as they stand in a token's <c>role</c> claims.</summary>
public static class Roles
{
    public const string Agent = "agent";
    public const string TeamLead = "team-lead";
    public const string Supervisor = "supervisor";
    public const string DepartmentHead = "department-head";
    public const string Admin = "admin";
    public const string Integration = "integration";
    public const string Requestor = "requestor";

    /// <summary>Every role there is.</summary>
    public static readonly IReadOnlyList<string> All =
        [Agent, TeamLead, Supervisor, DepartmentHead, Admin, Integration, Requestor];
}
