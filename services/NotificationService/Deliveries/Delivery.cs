using System.Text.Json.Serialization;
using Performance.Notifications.Intake;

namespace Performance.Notifications.Deliveries;

/// <summary>Where a message stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryState>))]
internal enum DeliveryState
{
    /// <summary>To be sent, perhaps after attempts that failed.</summary>
    Queued,

    Sent,

    /// <summary>Given up after many attempts; can be sent again.</summary>
    Failed,

    /// <summary>Not to be sent, for a reason; can be sent after all.</summary>
    Skipped
}

/// <summary>A message to a person is to be sent.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="AgentId">To whom.</param>
/// <param name="Channel">email.</param>
/// <param name="Template">The message's template.</param>
/// <param name="TicketId">The ticket it is about, or null.</param>
/// <param name="By">User name of who caused it, or null.</param>
/// <param name="Urgent">Goes out in quiet hours, and although the person has switched e-mail off.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Grades">The grades it is about, or null.</param>
internal sealed record DeliveryQueued(
    Guid DeliveryId, Guid AgentId, string Channel, string Template, Guid? TicketId, string? By, bool Urgent,
    DateTimeOffset OccurredAt, IReadOnlyList<GradeChange>? Grades = null);

/// <summary>The message waits, for example for the end of the person's quiet hours.</summary>
internal sealed record DeliveryPostponed(
    Guid DeliveryId, DateTimeOffset Until, string Reason, DateTimeOffset OccurredAt);

/// <summary>An attempt failed.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
/// <param name="Error">What the other side said, without addresses.</param>
/// <param name="RetryAt">When the next attempt is due; null: given up.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record DeliveryAttemptFailed(
    Guid DeliveryId, int Attempt, string Error, DateTimeOffset? RetryAt, DateTimeOffset OccurredAt);

/// <summary>The message was handed over.</summary>
internal sealed record DeliverySent(Guid DeliveryId, int Attempt, DateTimeOffset OccurredAt);

/// <summary>The message is not to be sent.</summary>
internal sealed record DeliverySkipped(Guid DeliveryId, string Reason, DateTimeOffset OccurredAt);

/// <summary>A person asked for another round of attempts.</summary>
internal sealed record DeliveryRequeued(Guid DeliveryId, string By, DateTimeOffset OccurredAt);

/// <summary>The record of one message.</summary>
internal sealed partial record Delivery
{
    public Guid Id { get; init; }

    public Guid AgentId { get; init; }

    public string Channel { get; init; } = "";

    public string Template { get; init; } = "";

    public Guid? TicketId { get; init; }

    public IReadOnlyList<GradeChange>? Grades { get; init; }

    public string? By { get; init; }

    public bool Urgent { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>Attempts since it was queued last.</summary>
    public int Attempts { get; init; }

    public string? LastError { get; init; }

    /// <summary>Why it waits or was skipped.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>A person asked for it, which outweighs the recipient's preferences and its age.</summary>
    public bool Requested { get; init; }

    public static Delivery Create(DeliveryQueued queued) => new()
    {
        Id = queued.DeliveryId,
        AgentId = queued.AgentId,
        Channel = queued.Channel,
        Template = queued.Template,
        TicketId = queued.TicketId,
        Grades = queued.Grades,
        By = queued.By,
        Urgent = queued.Urgent,
        QueuedAt = queued.OccurredAt,
        DueAt = queued.OccurredAt
    };

    public Delivery Apply(DeliveryPostponed postponed) =>
        this with { DueAt = postponed.Until, Reason = postponed.Reason };

    public Delivery Apply(DeliveryAttemptFailed failed) => this with
    {
        State = failed.RetryAt is null ? DeliveryState.Failed : DeliveryState.Queued,
        Attempts = failed.Attempt,
        LastError = failed.Error,
        DueAt = failed.RetryAt
    };

    public Delivery Apply(DeliverySent sent) => this with
    {
        State = DeliveryState.Sent, Attempts = sent.Attempt, SentAt = sent.OccurredAt, DueAt = null, Reason = null
    };

    public Delivery Apply(DeliverySkipped skipped) =>
        this with { State = DeliveryState.Skipped, Reason = skipped.Reason, DueAt = null };

    public Delivery Apply(DeliveryRequeued requeued) => this with
    {
        State = DeliveryState.Queued, Attempts = 0, Reason = null, DueAt = requeued.OccurredAt, Requested = true
    };
}
