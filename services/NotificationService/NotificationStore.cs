using JasperFx.Events.Projections;
using Marten;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Inbox;

namespace Performance.Notifications;

/// <summary>What is in the event store: names of events never change once events are stored.</summary>
internal static class NotificationStore
{
    public static void Configure(StoreOptions options)
    {
        options.Events.MapEventType<InboxEntryAdded>("inbox_entry_added");
        options.Events.MapEventType<InboxEntryRead>("inbox_entry_read");
        options.Events.MapEventType<InboxCleared>("inbox_cleared");
        options.Events.MapEventType<DeliveryQueued>("delivery_queued");
        options.Events.MapEventType<DeliveryPostponed>("delivery_postponed");
        options.Events.MapEventType<DeliveryAttemptFailed>("delivery_attempt_failed");
        options.Events.MapEventType<DeliverySent>("delivery_sent");
        options.Events.MapEventType<DeliverySkipped>("delivery_skipped");
        options.Events.MapEventType<DeliveryRequeued>("delivery_requeued");
        options.Events.MapEventType<PreferencesChanged>("preferences_changed");

        options.Projections.Snapshot<InboxEntry>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Delivery>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<DeliveryPreferences>(SnapshotLifecycle.Inline);
        options.Projections.LiveStreamAggregation<InboxOwner>();
        options.Schema.For<InboxEntry>().Index(entry => entry.AgentId);
        options.Schema.For<Delivery>().Index(delivery => delivery.AgentId);
    }
}
