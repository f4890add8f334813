using System.Text.Json.Serialization;

namespace Performance.Contracts;

/// <summary>
/// Something a representative did, from TicketService (feed <c>activity</c>); the CloudEvents of my-performance.md.
/// <c>OccurredAt</c> is the CloudEvent's <c>time</c>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(CallHandled), "call")]
[JsonDerivedType(typeof(PaymentCollected), "payment")]
[JsonDerivedType(typeof(ServiceRaised), "service-raised")]
[JsonDerivedType(typeof(ServiceCompleted), "service-completed")]
[JsonDerivedType(typeof(ComplaintRegistered), "complaint-registered")]
[JsonDerivedType(typeof(ComplaintResolved), "complaint-resolved")]
public abstract record ActivityFact : Fact
{
    /// <summary>The representative: an agent id.</summary>
    public required Guid RepId { get; init; }
}

/// <summary>A call was handled.</summary>
/// <param name="CallId">The call's id at the telephony system.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DurationSec">Seconds, 0 or more.</param>
/// <param name="WaitSec">Seconds the caller waited, or null.</param>
/// <param name="Outcome">Outcome code, or null.</param>
public sealed record CallHandled(
    string CallId, DateTimeOffset StartedAt, int DurationSec, int? WaitSec, string? Outcome) : ActivityFact;

/// <summary>A payment was collected.</summary>
/// <param name="Amount">In units of the currency, not cents.</param>
/// <param name="Currency">ISO 4217, three capital letters.</param>
/// <param name="CallId">The call it was collected in, or null.</param>
public sealed record PaymentCollected(decimal Amount, string Currency, string? CallId) : ActivityFact;

/// <summary>A service request was raised.</summary>
public sealed record ServiceRaised(string ServiceId, string ServiceType) : ActivityFact;

/// <summary>A service request was completed; credits who completed it.</summary>
public sealed record ServiceCompleted(string ServiceId, string ServiceType) : ActivityFact;

/// <summary>A complaint was registered.</summary>
public sealed record ComplaintRegistered(string ComplaintId, string Category) : ActivityFact;

/// <summary>A complaint was resolved; credits who resolved it.</summary>
public sealed record ComplaintResolved(string ComplaintId, string Category) : ActivityFact;
