using Performance.Scoring.Live;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Tickets;

/// <summary>Collects folded tickets and queues their rows, one statement per table.</summary>
internal sealed class TicketWriter(
    ViewBatch batch, FacetCodes codes, IReadOnlyDictionary<string, StatusClasses> classes)
{
    private readonly BusinessZone zone = batch.Settings.Zone;
    private readonly List<(TicketHistory History, TicketFacts? Facts, DateOnly LastDay)> tickets = [];
    private readonly List<Guid> withOldRejections = [];
    private readonly TicketDays days = new(batch);

    public FacetCodes Codes => codes;

    /// <summary>Before the first ticket.</summary>
    public void Begin() => days.QueueRemoval();

    public void Add(TicketHistory? before, TicketHistory now)
    {
        var facts = TicketFold.Facts(now, classes.GetValueOrDefault(now.Source) ?? StatusClasses.Default);
        tickets.Add((now, facts, days.Add(before, now)));
        if (before is not null)
        {
            withOldRejections.Add(now.TicketId);
        }

        Announce(before, now, facts);
    }

    public void Flush(bool historiesToo)
    {
        if (historiesToo)
        {
            QueueHistories();
        }

        QueueFacts([.. tickets.Where(t => t.History.Kind == WorkKind.Imported && t.Facts is not null)
            .Select(t => (t.History, t.Facts!, t.LastDay))]);
        days.Queue();
        tickets.Clear();
        withOldRejections.Clear();
    }

    private void Announce(TicketHistory? before, TicketHistory now, TicketFacts? facts)
    {
        if (facts is null || now.Kind != WorkKind.Imported)
        {
            return;
        }

        Guid?[] agents = [.. Agents(before), .. Agents(now)];
        foreach (var agent in agents.Distinct())
        {
            batch.Changes.Add(Topics.Scorecard, agent);
            batch.Changes.Add(Topics.Pipeline, agent);
            if (facts.Is(TicketFlags.AnyRejection) || HadLabel(before))
            {
                batch.Changes.Add(Topics.Rejections, agent);
            }
        }
    }

    /// <summary>A label that is taken back leaves the rejections too.</summary>
    private static bool HadLabel(TicketHistory? before) =>
        before?.Entries.Any(e => e.Kind == StepKind.Rejected) == true;

    private static Guid?[] Agents(TicketHistory? history) =>
        history?.Entries.LastOrDefault(e => e.Kind is StepKind.Opened or StepKind.Assigned) is { } last
            ? [last.Ref] : [];

    private void QueueHistories()
    {
        var all = tickets.Select(t => t.History).ToList();
        batch.Queue("""
            insert into ticket_histories (ticket_id, kind, source, external_id, title, type, state, created_ticks,
                recorded_from, recorded_to, entries)
            select id, nullif(kind, -1), source, external, title, type, state, created, first, last, entries
            from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bytea[])
                as n (id, kind, source, external, title, type, state, created, first, last, entries)
            on conflict (ticket_id) do update set kind = excluded.kind, source = excluded.source,
                external_id = excluded.external_id, title = excluded.title, type = excluded.type,
                state = excluded.state, created_ticks = excluded.created_ticks,
                recorded_from = excluded.recorded_from, recorded_to = excluded.recorded_to, entries = excluded.entries
            """,
            all.Select(h => h.TicketId).ToArray(), all.Select(h => h.Kind is { } kind ? (int)kind : -1).ToArray(),
            all.Select(h => h.Source).ToArray(), all.Select(h => h.ExternalId).ToArray(),
            all.Select(h => h.Title).ToArray(), all.Select(h => h.Type).ToArray(), all.Select(h => h.State).ToArray(),
            all.Select(h => h.CreatedAt.UtcTicks).ToArray(),
            all.Select(h => h.RecordedFrom.UtcTicks).ToArray(), all.Select(h => h.RecordedTo.UtcTicks).ToArray(),
            all.Select(h => TicketHistoryCodec.Encode(h.Entries)).ToArray());
    }

    private void QueueFacts(List<(TicketHistory History, TicketFacts Facts, DateOnly LastDay)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var created = rows.Select(t => zone.DayOf(t.History.CreatedAt)).ToList();
        batch.Queue("""
            insert into ticket_facts (created_at, cycle_us, move_us, ticket_id, agent, month, week, weekday, type,
                state, status, flags, reject_events, last_day, hold_since)
            select created, cycle, move, id, agent, month, week, weekday, type, state, status, flags, rejects, day,
                nullif(hold, 'epoch')
            from unnest(?::timestamptz[], ?::bigint[], ?::bigint[], ?::uuid[], ?::int[], ?::int[], ?::int[], ?::int[],
                ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::date[], ?::timestamptz[])
                as n (created, cycle, move, id, agent, month, week, weekday, type, state, status, flags, rejects, day,
                    hold)
            on conflict (ticket_id) do update set created_at = excluded.created_at, cycle_us = excluded.cycle_us,
                move_us = excluded.move_us, agent = excluded.agent, month = excluded.month, week = excluded.week,
                weekday = excluded.weekday, type = excluded.type, state = excluded.state, status = excluded.status,
                flags = excluded.flags, reject_events = excluded.reject_events, last_day = excluded.last_day,
                hold_since = excluded.hold_since
            """,
            rows.Select(t => t.History.CreatedAt.ToUniversalTime()).ToArray(),
            rows.Select(t => Since(t.History, t.Facts.ClosedAt)).ToArray(),
            rows.Select(t => Since(t.History, t.Facts.FirstMoveAt)).ToArray(),
            rows.Select(t => t.History.TicketId).ToArray(),
            rows.Select(t => codes.Of(t.Facts.AgentId)).ToArray(),
            created.Select(BusinessZone.MonthNumber).ToArray(),
            created.Select(BusinessZone.WeekNumber).ToArray(),
            created.Select(BusinessZone.WeekdayNumber).ToArray(),
            rows.Select(t => codes.Of(FacetKind.Type, t.History.Type)).ToArray(),
            rows.Select(t => codes.Of(FacetKind.State, t.History.State)).ToArray(),
            rows.Select(t => codes.Of(FacetKind.Status, t.Facts.Status)).ToArray(),
            rows.Select(t => (int)t.Facts.Flags).ToArray(),
            rows.Select(t => t.Facts.RejectEvents).ToArray(),
            rows.Select(t => t.LastDay).ToArray(),
            rows.Select(t => t.Facts.HoldSince ?? DateTimeOffset.UnixEpoch).ToArray());
        RejectionRows.Queue(batch, codes, withOldRejections, [.. rows.Select(t => (t.History, t.Facts))]);
    }

    public static long Since(TicketHistory history, DateTimeOffset? at) =>
        at is { } instant ? (instant - history.CreatedAt).Ticks / TimeSpan.TicksPerMicrosecond : 0;
}
