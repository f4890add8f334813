namespace Performance.Tickets.WorkLog;

// A stream is one agent's log of one day; each event is the whole day as it is then.

/// <summary>The day's log is this now. Notes, clients and comments can be erased.</summary>
internal sealed record DayLogged(
    Guid AgentId,
    DateOnly Date,
    string? Notes,
    IReadOnlyList<WorkEntry> Entries,
    string By,
    DateTimeOffset OccurredAt);

/// <summary>The day has no log any more.</summary>
internal sealed record DayCleared(Guid AgentId, DateOnly Date, string By, DateTimeOffset OccurredAt);

/// <summary>One row of a day.</summary>
/// <param name="Id">Chosen by the client, or given on its first save; keeps its row apart from the others.</param>
/// <param name="AccessId">Access id or vehicle identification number.</param>
/// <param name="Status">Status of the task.</param>
/// <param name="Client">The client.</param>
/// <param name="Comments">Free text.</param>
internal sealed record WorkEntry(string Id, string AccessId, string? Status, string? Client, string? Comments);
