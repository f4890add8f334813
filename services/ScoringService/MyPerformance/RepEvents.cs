namespace Performance.Scoring.MyPerformance;

/// <summary>Something a representative did. <c>OccurredAt</c> decides the day it belongs to.</summary>
internal abstract record RepEvent
{
    public required Guid RepId { get; init; }

    public required Guid FactId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed record RepHandledCall(
    string CallId, DateTimeOffset StartedAt, int DurationSec, int? WaitSec) : RepEvent;

internal sealed record RepCollectedPayment(decimal Amount, string Currency, string? CallId) : RepEvent;

internal sealed record RepRaisedService(string ServiceId, string ServiceType) : RepEvent;

internal sealed record RepCompletedService(string ServiceId, string ServiceType) : RepEvent;

internal sealed record RepRegisteredComplaint(string ComplaintId, string Category) : RepEvent;

internal sealed record RepResolvedComplaint(string ComplaintId, string Category) : RepEvent;
