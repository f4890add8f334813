namespace Performance.ServiceDefaults.Directory;

/// <summary>An agent as a service's mirror of the directory knows it. Names live only here, never in events.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Name">Display name.</param>
/// <param name="Email">Where mails go, or null.</param>
/// <param name="TeamId">The team, or null.</param>
/// <param name="DepartmentId">The department, or null.</param>
/// <param name="Country">ISO 3166 alpha-2, or null.</param>
/// <param name="Active">False once the person has left or was merged away.</param>
/// <param name="MergedInto">The record that this one was merged into, or null.</param>
public sealed record DirectoryEntry(
    Guid AgentId,
    string Name,
    string? Email,
    string? TeamId,
    string? DepartmentId,
    string? Country,
    bool Active,
    Guid? MergedInto);
