namespace Performance.Tickets.Imports;

/// <summary>
/// How the statuses of a source are to be read; a stream for each source. Empty lists mean the defaults.
/// </summary>
internal sealed record SourceStatusesDefined(
    string Source,
    IReadOnlyList<string> Terminal,
    IReadOnlyList<string> Closed,
    IReadOnlyList<string> Hold,
    string By,
    DateTimeOffset OccurredAt);

/// <summary>An import met a new assignee, whose name is kept outside of the events; a stream for each.</summary>
internal sealed record AssigneeDiscovered(Guid AgentId, string Source, DateTimeOffset OccurredAt);
