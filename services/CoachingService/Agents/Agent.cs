namespace Performance.Coaching.Agents;

/// <summary>
/// The directory's record of an agent: a document, not a projection, because names and addresses of people are kept
/// out of events (ADR 0060). Merges are not in it: see <see cref="AgentMerges"/>.
/// </summary>
internal sealed record Agent
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    public string? TeamId { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    public bool Active { get; init; } = true;
}

/// <summary>The directory's record of a team; its id is a slug that people choose.</summary>
internal sealed record Team
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? DepartmentId { get; init; }

    /// <summary>What the team distributes: Leads, Cases or Opportunities; null: nothing.</summary>
    public string? Distributes { get; init; }
}

/// <summary>The directory's record of a department.</summary>
internal sealed record Department
{
    public required string Id { get; init; }

    public required string Name { get; init; }
}
