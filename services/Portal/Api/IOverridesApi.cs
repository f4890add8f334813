using Refit;

namespace Performance.Portal.Api;

/// <summary>Disputes, and what supervisors excused.</summary>
public interface IOverridesApi
{
    /// <param name="state"><c>open</c> or <c>decided</c>.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">Rows of a page.</param>
    /// <param name="cancel">Gives up.</param>
    [Get("/api/tickets/disputes")]
    Task<PageOf<Dispute>> DisputesAsync(string state, int page, int pageSize, CancellationToken cancel);

    [Post("/api/tickets/{id}/dispute")]
    Task<CommandAnswer> DisputeAsync(
        Guid id, [Body] Excuse dispute, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Post("/api/tickets/{id}/dispute/decide")]
    Task<CommandAnswer> DecideAsync(
        Guid id, [Body] Decision decision, [Header("Idempotency-Key")] string key, CancellationToken cancel);

    [Get("/api/tickets/overrides")]
    Task<PageOf<OverrideLine>> TrailAsync(string? by, int page, int pageSize, CancellationToken cancel);

    [Get("/api/tickets/overrides/rates")]
    Task<ExcuseRates> RatesAsync(string month, CancellationToken cancel);
}

/// <param name="EventId">The dispute's own id, or a rejection event of it.</param>
public sealed record Decision(bool Accept, string Reason, Guid EventId);

/// <param name="Id">The ticket.</param>
/// <param name="TicketId">Its id at the source; what people call it.</param>
/// <param name="EventId">The one rejection event disputed; null: all that counted.</param>
/// <param name="Labels">Labels of what is disputed.</param>
public sealed record Dispute(
    Guid DisputeId, Guid Id, string TicketId, string? Title, Guid? AgentId, string? Agent, Guid? EventId,
    IReadOnlyList<string> Labels, string Reason, string By, DateTimeOffset RaisedAt, decimal AgeHours, bool? Accepted,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionReason, bool MayDecide)
{
    /// <summary>What is disputed, in words.</summary>
    public string What => Labels.Count > 0 ? string.Join(", ", Labels) : "Rejection status";

    /// <summary>How long it has waited, or waited until its end.</summary>
    public string Age => AgeHours switch
    {
        < 1 => $"{Math.Floor(AgeHours * 60)} min",
        < 48 => $"{Math.Floor(AgeHours)} h",
        _ => $"{Math.Floor(AgeHours / 24)} days"
    };
}

/// <param name="Id">The ticket.</param>
/// <param name="Action">excused, withdrawn, disputeAccepted or disputeDeclined.</param>
/// <param name="RejectionEventId">The one rejection event; null: all that there were.</param>
public sealed record OverrideLine(
    Guid EventId, Guid Id, string TicketId, string? Title, Guid? AgentId, string? Agent, string Action,
    Guid? RejectionEventId, string? Label, string By, string Reason, DateTimeOffset OccurredAt);

/// <summary>A month's rejections in sight, and how many are excused.</summary>
public sealed record ExcuseRates(
    string Month, IReadOnlyList<ExcuseRate> Items, int Total, long Rejections, long Excused, decimal? Rate);

/// <param name="Rejections">In the supervisor's sight; null where that is not known.</param>
public sealed record ExcuseRate(string Supervisor, long? Rejections, long Excused, decimal? Rate);
