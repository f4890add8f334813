using Refit;

namespace Performance.Portal.Api;

/// <summary>The inbox.</summary>
public interface INotificationsApi
{
    [Get("/api/notifications/inbox")]
    Task<Inbox> InboxAsync(int page, int pageSize, CancellationToken cancel);

    [Post("/api/notifications/inbox/{id}/read")]
    Task ReadAsync(Guid id, CancellationToken cancel);

    [Post("/api/notifications/inbox/read")]
    Task ReadAllAsync(CancellationToken cancel);
}

public sealed record Inbox(IReadOnlyList<InboxEntry> Items, int Total, int Unread);

public sealed record InboxEntry(Guid Id, string Title, string? Body, DateTimeOffset At, bool Read)
{
    /// <summary>A page of the portal that the entry is about.</summary>
    public string? Link { get; init; }

    public Guid? TicketId { get; init; }
}
