using System.Text.Json.Serialization;

namespace Performance.Coaching.Sessions;

/// <summary>Who is to do an action item: the coached agent, or the supervisor who logged the session.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionOwner>))]
internal enum ActionOwner
{
    Agent,
    Supervisor
}

/// <summary>What was agreed in a session.</summary>
internal sealed record ActionItem(string Text, ActionOwner Owner, DateOnly? DueDate);

/// <summary>A coaching session was logged. Notes and action item are free text, erased by masking on request.</summary>
internal sealed record SessionRecorded(
    Guid SessionId, Guid AgentId, Guid? TicketId, DateOnly Date, string Notes, ActionItem? ActionItem, string By,
    DateTimeOffset OccurredAt)
{
    /// <summary>The ticket's number as people know it, for the printed record; null: not given.</summary>
    public string? TicketName { get; init; }
}

/// <summary>The coached agent has read the session.</summary>
internal sealed record SessionAcknowledged(Guid SessionId, string By, DateTimeOffset OccurredAt);

/// <summary>The session's action item is done.</summary>
internal sealed record ActionItemDone(Guid SessionId, string By, DateTimeOffset OccurredAt);

/// <summary>The session's action item is not done after all.</summary>
internal sealed record ActionItemReopened(Guid SessionId, string By, DateTimeOffset OccurredAt);

/// <summary>A coaching session, as it is answered.</summary>
internal sealed partial record CoachingSession
{
    public Guid Id { get; init; }

    public Guid AgentId { get; init; }

    public Guid? TicketId { get; init; }

    public string? TicketName { get; init; }

    public DateOnly Date { get; init; }

    public string Notes { get; init; } = "";

    public ActionItem? ActionItem { get; init; }

    public DateTimeOffset? ActionDoneAt { get; init; }

    public string By { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public static CoachingSession Create(SessionRecorded recorded) => new()
    {
        Id = recorded.SessionId,
        AgentId = recorded.AgentId,
        TicketId = recorded.TicketId,
        TicketName = recorded.TicketName,
        Date = recorded.Date,
        Notes = recorded.Notes,
        ActionItem = recorded.ActionItem,
        By = recorded.By,
        RecordedAt = recorded.OccurredAt
    };

    public CoachingSession Apply(SessionAcknowledged acknowledged) =>
        this with { AcknowledgedAt = acknowledged.OccurredAt };

    public CoachingSession Apply(ActionItemDone done) => this with { ActionDoneAt = done.OccurredAt };

    public CoachingSession Apply(ActionItemReopened reopened) => this with { ActionDoneAt = null };
}
