using System.Text.Json;
using Performance.Scoring.Live;
using Performance.Scoring.Views;

namespace Performance.Scoring.MyPerformance;

/// <summary>A rep's days: counts and amounts that grow with each activity event.</summary>
internal static class RepView
{
    private const int Portion = 20_000;

    public static async Task ApplyAsync(ViewBatch batch, IReadOnlyList<object> facts, CancellationToken cancel)
    {
        var tally = new RepTally(batch.Settings.Zone);
        foreach (var e in facts.OfType<RepEvent>())
        {
            tally.Add(e);
            batch.Changes.Add(Topics.My, e.RepId);
        }

        QueueComplaints(batch, tally);
        if (batch.ZoneChanged)
        {
            // Days are sums: in another zone they must be added up again, from the store itself.
            tally = await FromTheStoreAsync(batch, cancel);
            batch.Queue("delete from rep_days");
        }

        QueueDays(batch, tally);
    }

    private static void QueueDays(ViewBatch batch, RepTally tally)
    {
        if (tally.Days.Count == 0)
        {
            return;
        }

        var days = tally.Days.ToList();
        batch.Queue("""
            insert into rep_days (rep_id, day, metric, key, count, amount)
            select * from unnest(?::uuid[], ?::date[], ?::text[], ?::text[], ?::bigint[], ?::numeric[])
            on conflict (rep_id, day, metric, key) do update set
                count = rep_days.count + excluded.count, amount = rep_days.amount + excluded.amount
            """,
            days.Select(d => d.Key.RepId).ToArray(), days.Select(d => d.Key.Day).ToArray(),
            days.Select(d => d.Key.Metric).ToArray(), days.Select(d => d.Key.Key).ToArray(),
            days.Select(d => d.Value.Count).ToArray(), days.Select(d => d.Value.Amount).ToArray());
    }

    private static void QueueComplaints(ViewBatch batch, RepTally tally)
    {
        if (tally.Complaints.Count == 0)
        {
            return;
        }

        var cases = tally.Complaints.ToList();
        batch.Queue("""
            insert into complaint_cases as c (complaint_id, registered_at, resolved_at, resolved_by, category)
            select id, nullif(registered, 'infinity'), nullif(resolved, '-infinity'),
                nullif(by, '00000000-0000-0000-0000-000000000000'::uuid), category
            from unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::uuid[], ?::text[])
                as n (id, registered, resolved, by, category)
            on conflict (complaint_id) do update set
                registered_at = least(c.registered_at, excluded.registered_at),
                resolved_by = case when excluded.resolved_at >= coalesce(c.resolved_at, '-infinity')
                    then excluded.resolved_by else c.resolved_by end,
                resolved_at = greatest(c.resolved_at, excluded.resolved_at),
                category = case when excluded.registered_at is not null or c.registered_at is null
                    then excluded.category else c.category end
            """,
            cases.Select(c => c.Key).ToArray(),
            cases.Select(c => c.Value.RegisteredAt?.ToUniversalTime() ?? DateTimeOffset.MaxValue).ToArray(),
            cases.Select(c => c.Value.ResolvedAt?.ToUniversalTime() ?? DateTimeOffset.MinValue).ToArray(),
            cases.Select(c => c.Value.ResolvedBy ?? Guid.Empty).ToArray(),
            cases.Select(c => c.Value.Category).ToArray());
    }

    private static async Task<RepTally> FromTheStoreAsync(ViewBatch batch, CancellationToken cancel)
    {
        var tally = new RepTally(batch.Settings.Zone);
        var after = 0L;
        while (true)
        {
            var portion = await batch.ReadAsync(
                $"""
                select seq_id, type, data::text from mt_events
                where seq_id > $1 and seq_id <= $2 and type = any($3) order by seq_id limit {Portion}
                """,
                r => (Sequence: r.GetInt64(0), Type: r.GetString(1), Data: r.GetString(2)), cancel,
                after, batch.Ceiling, ScoringEvents.RepEvents.Keys.ToArray());
            foreach (var stored in portion)
            {
                tally.Add((RepEvent)JsonSerializer.Deserialize(stored.Data, ScoringEvents.RepEvents[stored.Type])!);
            }

            if (portion.Count < Portion)
            {
                return tally;
            }

            after = portion[^1].Sequence;
        }
    }
}
