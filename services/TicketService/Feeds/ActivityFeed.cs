using JasperFx.Events;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;
using Performance.Tickets.Activity;
using CallHandled = Performance.Tickets.Activity.CallHandled;
using ComplaintRegistered = Performance.Tickets.Activity.ComplaintRegistered;
using ComplaintResolved = Performance.Tickets.Activity.ComplaintResolved;
using Facts = Performance.Contracts;
using PaymentCollected = Performance.Tickets.Activity.PaymentCollected;
using ServiceCompleted = Performance.Tickets.Activity.ServiceCompleted;
using ServiceRaised = Performance.Tickets.Activity.ServiceRaised;

namespace Performance.Tickets.Feeds;

/// <summary>Feed <c>activity</c>: what representatives did.</summary>
internal static class ActivityFeed
{
    public static Feed<ActivityFact> Definition { get; } = new(
        "activity",
        [
            typeof(CallHandled), typeof(PaymentCollected), typeof(ServiceRaised), typeof(ServiceCompleted),
            typeof(ComplaintRegistered), typeof(ComplaintResolved)
        ],
        (events, _, _) => ValueTask.FromResult<IReadOnlyList<ActivityFact>>(
            [.. events.Select(Translate).OfType<ActivityFact>()]));

    /// <summary>The fact that a stored event is; null for events of other feeds.</summary>
    internal static ActivityFact? Translate(IEvent stored)
    {
        var (id, sequence, recorded) = (stored.Id, stored.Sequence, stored.Timestamp);
        return stored.Data switch
        {
            CallHandled e => new Facts.CallHandled(e.CallId, e.StartedAt, e.DurationSec, e.WaitSec, e.Outcome)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded, RepId = e.RepId
            },
            PaymentCollected e => new Facts.PaymentCollected(e.Amount, e.Currency, e.CallId)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded, RepId = e.RepId
            },
            ServiceRaised e => new Facts.ServiceRaised(e.ServiceId, e.ServiceType)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded, RepId = e.RepId
            },
            ServiceCompleted e => new Facts.ServiceCompleted(e.ServiceId, e.ServiceType)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded, RepId = e.RepId
            },
            ComplaintRegistered e => new Facts.ComplaintRegistered(e.ComplaintId, e.Category)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded, RepId = e.RepId
            },
            ComplaintResolved e => new Facts.ComplaintResolved(e.ComplaintId, e.Category)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded, RepId = e.RepId
            },
            _ => null
        };
    }
}
