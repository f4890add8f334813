namespace Performance.Tickets.WorkLog;

/// <summary>An agent's log of one day; also what the API answers.</summary>
internal sealed record WorkDay(
    Guid Id, Guid AgentId, DateOnly Date, string? Notes, IReadOnlyList<WorkEntry> Entries, bool IsLogged)
{
    /// <summary>Applies one stored event.</summary>
    /// <exception cref="InvalidOperationException">The event is not one of a day's log.</exception>
    public static WorkDay Evolve(WorkDay? day, Guid id, object data) => data switch
    {
        DayLogged e => new WorkDay(id, e.AgentId, e.Date, e.Notes, e.Entries, true),
        DayCleared e => new WorkDay(id, e.AgentId, e.Date, null, [], false),
        _ => throw new InvalidOperationException($"{data.GetType().Name} is no event of a day's log.")
    };
}
