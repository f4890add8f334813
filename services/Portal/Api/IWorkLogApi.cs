using Refit;

namespace Performance.Portal.Api;

/// <summary>Productivity logs: what an agent did on a day.</summary>
public interface IWorkLogApi
{
    [Get("/api/worklog")]
    Task<PageOf<WorkDay>> RangeAsync(
        string from, string to, Guid? agentId, int page, int pageSize, CancellationToken cancel);

    [Get("/api/worklog/{agentId}/{date}")]
    Task<WorkDay> DayAsync(Guid agentId, string date, CancellationToken cancel);

    [Put("/api/worklog/{agentId}/{date}")]
    Task<CommandAnswer> SaveAsync(
        Guid agentId, string date, [Body] WorkDayChange day, [Header("If-Match")] string? version,
        CancellationToken cancel);
}

public sealed record WorkDay(
    Guid AgentId, DateOnly Date, string? Notes, IReadOnlyList<WorkEntry> Entries, long Version);

public sealed record WorkDayChange(string? Notes, IReadOnlyList<WorkEntry> Entries);

public sealed record WorkEntry(string? Id, string? AccessId, string? Status, string? Client, string? Comments);
