namespace Performance.Coaching.Agents;

/// <summary>An agent came into the directory.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Source">The import that named the agent; null: a person registered it.</param>
/// <param name="By">User name; null for an import.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record AgentRegistered(Guid AgentId, string? Source, string? By, DateTimeOffset OccurredAt);

/// <summary>An agent's record changed; what is not personal stands here as it is now.</summary>
internal sealed record AgentProfileChanged(
    Guid AgentId, string? TeamId, string? Country, bool Active, string By, DateTimeOffset OccurredAt);

/// <summary>Two records are one person; history of the merged one follows the kept one.</summary>
internal sealed record AgentsMerged(Guid Kept, Guid Merged, string By, DateTimeOffset OccurredAt);

/// <summary>A team came into the directory, or its record changed.</summary>
internal sealed record TeamChanged(
    string TeamId, string? DepartmentId, string? Distributes, string By, DateTimeOffset OccurredAt);

/// <summary>A department came into the directory, or its record changed.</summary>
internal sealed record DepartmentChanged(string DepartmentId, string By, DateTimeOffset OccurredAt);
