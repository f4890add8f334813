using Refit;

namespace Performance.Portal.Api;

/// <summary>Tickets, imports and productivity logs.</summary>
public interface ITicketsApi
{
    [Get("/api/tickets")]
    Task<PageOf<Ticket>> ListAsync(
        [AliasAs("assignee")] string? assignee, string? search, string? status, int page, int pageSize,
        CancellationToken cancel);

    [Get("/api/tickets/{id}")]
    Task<Ticket> GetAsync(Guid id, CancellationToken cancel);

    [Get("/api/tickets/{id}/history")]
    Task<PageOf<TicketEvent>> HistoryAsync(Guid id, CancellationToken cancel);

    [Post("/api/tickets/{id}/excuse")]
    Task<CommandAnswer> ExcuseAsync(
        Guid id, [Body] Excuse excuse, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Post("/api/tickets/{id}/excuse/withdraw")]
    Task<CommandAnswer> WithdrawExcuseAsync(
        Guid id, [Body] Excuse excuse, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Post("/api/tickets/{id}/assign")]
    Task<CommandAnswer> AssignAsync(
        Guid id, [Body] Assignment assignment, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Post("/api/tickets/{id}/status")]
    Task<CommandAnswer> SetStatusAsync(
        Guid id, [Body] StatusChange change, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Get("/api/tickets/imports")]
    Task<PageOf<ImportRun>> ImportsAsync(int page, int pageSize, CancellationToken cancel);

    [Get("/api/tickets/imports/{id}")]
    Task<ImportRun> ImportAsync(Guid id, CancellationToken cancel);

    [Get("/api/worklog/{agentId}/{date}")]
    Task<ApiResponse<WorkDay>> WorkDayAsync(Guid agentId, string date, CancellationToken cancel);

    [Put("/api/worklog/{agentId}/{date}")]
    Task<CommandAnswer> SaveWorkDayAsync(
        Guid agentId, string date, [Body] WorkDay day, [Header("Idempotency-Key")] string key,
        CancellationToken cancel);
}

/// <summary>What a command answers: the ticket's new version, and a position to wait for.</summary>
public sealed record CommandAnswer(long Version, long Position);

public sealed record Excuse(string Reason, Guid? EventId = null);

public sealed record Assignment(Guid? AgentId);

public sealed record StatusChange(string Status);

public sealed record Ticket(Guid Id, string? Status)
{
    public string? Kind { get; init; }

    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    public string? Title { get; init; }

    public string? Type { get; init; }

    public string? State { get; init; }

    public Guid? AgentId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public long Version { get; init; }

    public string Name => ExternalId ?? Id.ToString()[..8];
}

/// <summary>One event of a ticket's stream.</summary>
public sealed record TicketEvent(string Type, DateTimeOffset OccurredAt)
{
    public Guid? EventId { get; init; }

    public string? By { get; init; }

    public IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Data { get; init; }
}

public sealed record ImportRun(string Status, long Rows, long Created, long Changed, long Unchanged, long Refused)
{
    public Guid? Id { get; init; }

    public Guid? ImportId { get; init; }

    public decimal? Percent { get; init; }

    public long Merged { get; init; }

    public string? FileName { get; init; }

    public string? Profile { get; init; }

    public string? Encoding { get; init; }

    public string? Error { get; init; }

    public string? By { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public Guid? Key => Id ?? ImportId;

    public bool Runs => Status is "Running" or "Queued";
}

public sealed record WorkDay(string? Notes, IReadOnlyList<WorkEntry> Entries);

public sealed record WorkEntry(Guid Id, string AccessId, string? Status, string? Client, string? Comments);
