namespace Performance.Tickets.Activity;

// What representatives did, as streamed in (my-performance.md). OccurredAt is the CloudEvent's time. A stream holds
// what was posted together: nothing ever decides by these streams (ADR 0043).

internal sealed record CallHandled(
    Guid RepId,
    string CallId,
    DateTimeOffset StartedAt,
    int DurationSec,
    int? WaitSec,
    string? Outcome,
    DateTimeOffset OccurredAt);

internal sealed record PaymentCollected(
    Guid RepId, decimal Amount, string Currency, string? CallId, DateTimeOffset OccurredAt);

internal sealed record ServiceRaised(Guid RepId, string ServiceId, string ServiceType, DateTimeOffset OccurredAt);

internal sealed record ServiceCompleted(Guid RepId, string ServiceId, string ServiceType, DateTimeOffset OccurredAt);

internal sealed record ComplaintRegistered(
    Guid RepId, string ComplaintId, string Category, DateTimeOffset OccurredAt);

internal sealed record ComplaintResolved(Guid RepId, string ComplaintId, string Category, DateTimeOffset OccurredAt);
