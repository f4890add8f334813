using JasperFx.Events;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;
using Performance.Tickets.Backups;
using Performance.Tickets.WorkLog;

namespace Performance.Tickets.Feeds;

/// <summary>
/// Feed <c>records</c>: excuses and work days, whole. How a ticket and a rejection event are found again elsewhere is
/// looked up in the service's own tables.
/// </summary>
internal static class RecordFeed
{
    /// <param name="database">The service's own.</param>
    public static Feed<RecordFact> Definition(NpgsqlDataSource database) => new(
        "records",
        [
            typeof(RejectionsExcused), typeof(ExcuseWithdrawn), typeof(DayLogged), typeof(DayCleared),
            typeof(RecordTextErased)
        ],
        async (events, _, cancel) =>
        {
            var tickets = await TicketsAsync(database, [.. events.Select(Ticket).OfType<Guid>()], cancel);
            var rejections = await RejectionsAsync(database, [.. events.Select(Rejection).OfType<Guid>()], cancel);
            return [.. events.Select(e => Translate(e, tickets, rejections)).OfType<RecordFact>()];
        });

    internal static RecordFact? Translate(
        IEvent stored, IReadOnlyDictionary<Guid, (string Source, string ExternalId)> tickets,
        IReadOnlyDictionary<Guid, RejectionRef> rejections)
    {
        var (id, sequence, recorded) = (stored.Id, stored.Sequence, stored.Timestamp);
        var (source, external) = tickets.GetValueOrDefault(stored.StreamId, ("", ""));
        RejectionRef? Of(Guid? rejection) => rejection is { } one
            ? rejections.GetValueOrDefault(one) ?? new RejectionRef(one, null, null)
            : null;
        return stored.Data switch
        {
            RejectionsExcused e => new ExcuseKept(
                stored.StreamId, source, external, Of(e.RejectionEventId), e.By, e.Reason)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            ExcuseWithdrawn e => new ExcuseTakenBack(stored.StreamId, Of(e.RejectionEventId), e.By, e.Reason)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            DayLogged e => new WorkDayKept(
                e.AgentId, e.Date, e.Notes,
                [.. e.Entries.Select(r => new WorkRow(r.Id, r.AccessId, r.Status, r.Client, r.Comments))])
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            DayCleared e => new WorkDayEmptied(e.AgentId, e.Date)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            RecordTextErased e => new TextErased(e.EventIds)
            {
                EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recorded
            },
            _ => null
        };
    }

    private static Guid? Ticket(IEvent e) => e.Data is RejectionsExcused ? e.StreamId : null;

    private static Guid? Rejection(IEvent e) => e.Data switch
    {
        RejectionsExcused d => d.RejectionEventId,
        ExcuseWithdrawn d => d.RejectionEventId,
        _ => null
    };

    private static async Task<Dictionary<Guid, (string, string)>> TicketsAsync(
        NpgsqlDataSource database, Guid[] ids, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, (string, string)>();
        await using var select = database.CreateCommand(
            "select ticket_id, source, external_id from ticket_list where ticket_id = any ($1)");
        select.Parameters.Add(new() { Value = ids });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            found[reader.GetGuid(0)] = (reader.GetString(1), reader.GetString(2));
        }

        return found;
    }

    private static async Task<Dictionary<Guid, RejectionRef>> RejectionsAsync(
        NpgsqlDataSource database, Guid[] ids, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, RejectionRef>();
        await using var select = database.CreateCommand(
            "select event_id, label, occurred_at from ticket_rejection where event_id = any ($1)");
        select.Parameters.Add(new() { Value = ids });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            found[reader.GetGuid(0)] = new RejectionRef(
                reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.GetFieldValue<DateTimeOffset>(2));
        }

        return found;
    }
}
