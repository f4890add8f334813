using Refit;

namespace Performance.Portal.Api;

/// <summary>Tickets, and what is done with them.</summary>
public interface ITicketsApi
{
    [Get("/api/tickets")]
    Task<PageOf<Ticket>> ListAsync(
        string? assignee, string? search, string? status, int page, int pageSize, CancellationToken cancel);

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
}

/// <summary>What a command answers: the ticket's new version, and a position to wait for.</summary>
public sealed record CommandAnswer(long Version, long Position);

public sealed record Excuse(string Reason, Guid? EventId = null);

public sealed record Assignment(Guid? AgentId);

public sealed record StatusChange(string Status);

/// <param name="TicketId">Its id at the source; what people call it.</param>
public sealed record Ticket(
    Guid Id, string Source, string TicketId, string Kind, string? Title, string? Type, string? State, string Status,
    Guid? AgentId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    public IReadOnlyList<TicketRejection> Rejections { get; init; } = [];

    /// <summary>Where an intake ticket may go now; null: anywhere.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}

/// <param name="Dispute">How the latest dispute about it stands: open, accepted or declined; null: none.</param>
public sealed record TicketRejection(
    Guid EventId, string? Label, DateTimeOffset? OccurredAt, bool Excused, string? Dispute = null);

/// <summary>One event of a ticket's stream, with its own members as data.</summary>
public sealed record TicketEvent(
    Guid EventId, string Type, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string? By,
    IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Data)
{
    public string? Text(string member) => Data?.FirstOrDefault(
        pair => string.Equals(pair.Key, member, StringComparison.OrdinalIgnoreCase)) is { Value: var value }
        && value.ValueKind is System.Text.Json.JsonValueKind.String ? value.GetString() : null;

    public bool Is(string member) => Data?.Any(
        pair => string.Equals(pair.Key, member, StringComparison.OrdinalIgnoreCase)
            && pair.Value.ValueKind is System.Text.Json.JsonValueKind.True) == true;
}
