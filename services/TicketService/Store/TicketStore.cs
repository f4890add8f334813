using JasperFx.Events.Projections;
using Marten;
using Npgsql;
using Performance.ServiceDefaults;
using Performance.Tickets.Activity;
using Performance.Tickets.Backups;
using Performance.Tickets.Imports;
using Performance.Tickets.Overrides;
using Performance.Tickets.Sync;
using Performance.Tickets.WorkLog;

namespace Performance.Tickets.Store;

/// <summary>The service's event store: stored names, projections, what can be erased.</summary>
internal static class TicketStore
{
    public static void Configure(StoreOptions options, NpgsqlDataSource database)
    {
        options.Connection(database);
        options.UseSystemTextJsonForSerialization();
        options.UsePerformanceConventions();
        Name(options);
        options.Projections.Add<TicketAggregation>(ProjectionLifecycle.Live);
        options.Projections.Add<WorkDayAggregation>(ProjectionLifecycle.Live);
        options.Projections.Add<SyncSettingsAggregation>(ProjectionLifecycle.Live);
        options.Projections.Add(new TicketListProjection(), ProjectionLifecycle.Inline, "ticket_list");
        options.Projections.Add(
            new OverridesProjection(), ProjectionLifecycle.Inline, OverridesProjection.Name,
            async => OverrideTables.Names.ToList().ForEach(table => async.DeleteDataInTableOnTeardown(table)));
        options.Projections.Add(new WorkDayProjection(), ProjectionLifecycle.Inline, "work_day");
        Erase(options);
    }

    // A stored name is never changed; a new version gets a new name and an upcaster.
    private static void Name(StoreOptions options)
    {
        options.Events.MapEventType<TicketImported>("ticket_imported");
        options.Events.MapEventType<TicketSubmitted>("ticket_submitted");
        options.Events.MapEventType<TicketAssigned>("ticket_assigned");
        options.Events.MapEventType<TicketStatusChanged>("ticket_status_changed");
        options.Events.MapEventType<TicketReclassified>("ticket_reclassified");
        options.Events.MapEventType<TicketRenamed>("ticket_renamed");
        options.Events.MapEventType<RejectionRecorded>("rejection_recorded");
        options.Events.MapEventType<RejectionLabelRemoved>("rejection_label_removed");
        options.Events.MapEventType<RejectionsExcused>("rejections_excused");
        options.Events.MapEventType<ExcuseWithdrawn>("excuse_withdrawn");
        options.Events.MapEventType<RejectionDisputed>("rejection_disputed");
        options.Events.MapEventType<DisputeDecided>("dispute_decided");
        options.Events.MapEventType<SourceStatusesDefined>("source_statuses_defined");
        options.Events.MapEventType<AssigneeDiscovered>("assignee_discovered");
        options.Events.MapEventType<SyncConfigured>("sync_configured");
        options.Events.MapEventType<DayLogged>("day_logged");
        options.Events.MapEventType<DayCleared>("day_cleared");
        options.Events.MapEventType<RecordTextErased>("record_text_erased");
        options.Events.MapEventType<CallHandled>("call_handled");
        options.Events.MapEventType<PaymentCollected>("payment_collected");
        options.Events.MapEventType<ServiceRaised>("service_raised");
        options.Events.MapEventType<ServiceCompleted>("service_completed");
        options.Events.MapEventType<ComplaintRegistered>("complaint_registered");
        options.Events.MapEventType<ComplaintResolved>("complaint_resolved");
    }

    // Requestors' data and free text; what scores are made of stays.
    private static void Erase(StoreOptions options)
    {
        options.Events.AddMaskingRuleForProtectedInformation<TicketSubmitted>(
            e => e with { Name = "", Email = "", Subject = "", Description = "" });
        options.Events.AddMaskingRuleForProtectedInformation<TicketImported>(e => e with { Title = null });
        options.Events.AddMaskingRuleForProtectedInformation<TicketRenamed>(e => e with { Title = "" });
        options.Events.AddMaskingRuleForProtectedInformation<RejectionsExcused>(e => e with { Reason = "" });
        options.Events.AddMaskingRuleForProtectedInformation<ExcuseWithdrawn>(e => e with { Reason = "" });
        options.Events.AddMaskingRuleForProtectedInformation<RejectionDisputed>(e => e with { Reason = "" });
        options.Events.AddMaskingRuleForProtectedInformation<DisputeDecided>(e => e with { Reason = "" });
        options.Events.AddMaskingRuleForProtectedInformation<DayLogged>(e => e with
        {
            Notes = null,
            Entries = [.. e.Entries.Select(entry => entry with { AccessId = "", Client = null, Comments = null })]
        });
    }
}
