using Refit;

namespace Performance.Portal.Api;

/// <summary>The inbox of the signed-in agent.</summary>
public interface INotificationsApi
{
    /// <summary>Server-sent events <c>unread</c>, whenever the number of unread entries changes.</summary>
    const string Stream = "/api/notifications/inbox/stream";

    [Get("/api/notifications/inbox")]
    Task<Inbox> InboxAsync(int page, int pageSize, CancellationToken cancel);

    [Post("/api/notifications/inbox/{id}/read")]
    Task ReadAsync(Guid id, CancellationToken cancel);

    [Post("/api/notifications/inbox/read-all")]
    Task ReadAllAsync(CancellationToken cancel);
}

public sealed record Inbox(IReadOnlyList<InboxEntry> Items, int Total, int Unread);

/// <param name="Kind">What happened, for example <c>ticket-assigned</c>.</param>
/// <param name="Ticket">The ticket's id at its source.</param>
/// <param name="Grades">Of news of grades: what moved, the latest month first.</param>
public sealed record InboxEntry(
    Guid Id, string Kind, Guid? TicketId, string? Ticket, string? Title, string? By, DateTimeOffset OccurredAt,
    DateTimeOffset? ReadAt, IReadOnlyList<GradeChange>? Grades = null);

/// <summary>A month's grade that moved.</summary>
/// <param name="Cause">Work, Policy, Closing or Reopening.</param>
public sealed record GradeChange(DateOnly Month, string From, string To, string Cause);
