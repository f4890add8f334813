using Performance.Contracts;
using Performance.Scoring.MyPerformance;

namespace Performance.Scoring.Feeds;

/// <summary>Activity facts in Scoring's own words.</summary>
internal static class ActivityTranslation
{
    public static (Guid Stream, object Event)? Of(ActivityFact fact) =>
        Rep(fact) is { } e ? (StreamIds.RepMonth(fact.RepId, fact.OccurredAt), e) : null;

    private static RepEvent? Rep(ActivityFact fact) => fact switch
    {
        CallHandled f => new RepHandledCall(f.CallId, f.StartedAt, f.DurationSec, f.WaitSec)
        {
            RepId = f.RepId, FactId = f.EventId, OccurredAt = f.OccurredAt, RecordedAt = f.RecordedAt
        },
        PaymentCollected f => new RepCollectedPayment(f.Amount, f.Currency, f.CallId)
        {
            RepId = f.RepId, FactId = f.EventId, OccurredAt = f.OccurredAt, RecordedAt = f.RecordedAt
        },
        ServiceRaised f => new RepRaisedService(f.ServiceId, f.ServiceType)
        {
            RepId = f.RepId, FactId = f.EventId, OccurredAt = f.OccurredAt, RecordedAt = f.RecordedAt
        },
        ServiceCompleted f => new RepCompletedService(f.ServiceId, f.ServiceType)
        {
            RepId = f.RepId, FactId = f.EventId, OccurredAt = f.OccurredAt, RecordedAt = f.RecordedAt
        },
        ComplaintRegistered f => new RepRegisteredComplaint(f.ComplaintId, f.Category)
        {
            RepId = f.RepId, FactId = f.EventId, OccurredAt = f.OccurredAt, RecordedAt = f.RecordedAt
        },
        ComplaintResolved f => new RepResolvedComplaint(f.ComplaintId, f.Category)
        {
            RepId = f.RepId, FactId = f.EventId, OccurredAt = f.OccurredAt, RecordedAt = f.RecordedAt
        },
        _ => null
    };
}
