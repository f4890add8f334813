using System.Text.Json;
using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Backups;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Coaching.Backups;

/// <summary>
/// Takes the feed <c>records</c> in: TicketService's excuses and work days, so that this service alone can answer the
/// whole document. Text that is erased there goes here too.
/// </summary>
internal sealed class KeepRecords : IFeedHandler<RecordFact>
{
    private const string Excuse = """
        insert into kept_excuse (
            event_id, ticket_id, source, external_id, rejection_id, rejection_label, rejection_at, done_by, reason,
            done_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    private const string TakeBack = """
        update kept_excuse set withdrawal_id = ?, withdrawn_by = ?, withdrawn_reason = ?, withdrawn_at = ?
        where ticket_id = ? and withdrawal_id is null
        """;

    // Of an excuse of all: the rejection event counts again, the others stay excused.
    private const string TakePartBack = """
        update kept_excuse set parts = parts || ?::jsonb
        where ticket_id = ? and withdrawal_id is null and rejection_id is null and done_at >= ?
        """;

    private const string Day = """
        insert into kept_day (agent_id, date, event_id, notes, entries, logged_at) values (?, ?, ?, ?, ?::jsonb, ?)
        on conflict (agent_id, date) do update set event_id = excluded.event_id, notes = excluded.notes,
            entries = excluded.entries, logged_at = excluded.logged_at
        """;

    private const string Changed = "update backup_change set revision = revision + 1";

    public Task HandleAsync(IReadOnlyList<RecordFact> facts, IDocumentSession session, CancellationToken cancel)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case ExcuseKept e:
                    session.QueueSqlCommand(
                        Excuse, e.EventId, e.TicketId, e.Source, e.ExternalId, e.Rejection?.EventId!,
                        e.Rejection?.Label!, e.Rejection?.At!, e.By, e.Reason, e.OccurredAt);
                    break;
                case ExcuseTakenBack { Rejection: { } rejection } e:
                    session.QueueSqlCommand(
                        TakeBack + " and rejection_id = ?", e.EventId, e.By, e.Reason, e.OccurredAt, e.TicketId,
                        rejection.EventId);
                    session.QueueSqlCommand(
                        TakePartBack, JsonSerializer.Serialize(KeptPart.Of(e, rejection), PortalData.Json), e.TicketId,
                        rejection.At ?? DateTimeOffset.MinValue);
                    break;
                case ExcuseTakenBack e:
                    session.QueueSqlCommand(TakeBack, e.EventId, e.By, e.Reason, e.OccurredAt, e.TicketId);
                    break;
                case WorkDayKept e:
                    session.QueueSqlCommand(
                        Day, e.AgentId, e.Date, e.EventId, e.Notes!,
                        JsonSerializer.Serialize(e.Entries, PortalData.Json), e.OccurredAt);
                    break;
                case WorkDayEmptied e:
                    session.QueueSqlCommand(
                        "delete from kept_day where agent_id = ? and date = ?", e.AgentId, e.Date);
                    break;
                case TextErased e:
                    Erase(session, [.. e.EventIds]);
                    break;
            }
        }

        session.QueueSqlCommand(Changed);
        return Task.CompletedTask;
    }

    // What TicketService's own masking leaves.
    private static void Erase(IDocumentSession session, Guid[] events)
    {
        session.QueueSqlCommand("update kept_excuse set reason = '' where event_id = any (?)", events);
        session.QueueSqlCommand(
            "update kept_excuse set withdrawn_reason = '' where withdrawal_id = any (?)", events);
        session.QueueSqlCommand("""
            update kept_excuse set parts = (
                select jsonb_agg(case when (part ->> 'id')::uuid = any (?) then jsonb_set(part, '{reason}', '""')
                    else part end order by n)
                from jsonb_array_elements(parts) with ordinality as p (part, n))
            where parts <> '[]'
            """, events);
        session.QueueSqlCommand("""
            update kept_day set notes = null, entries = (
                select coalesce(jsonb_agg(entry - 'client' - 'comments' || '{"accessId":""}' order by n), '[]')
                from jsonb_array_elements(entries) with ordinality as e (entry, n))
            where event_id = any (?)
            """, events);
    }
}

/// <summary>A part of an excuse that was taken back; the id is not for the document.</summary>
internal sealed record KeptPart(
    Guid Id, string RejectionEventId, string? RejectionLabel, string? RejectionAt, string By, string Reason, string At)
{
    public static KeptPart Of(ExcuseTakenBack fact, RejectionRef rejection) => new(
        fact.EventId, rejection.EventId.ToString(), rejection.Label,
        rejection.At is { } at ? PortalFields.Text(at) : null, fact.By, fact.Reason,
        PortalFields.Text(fact.OccurredAt));
}
