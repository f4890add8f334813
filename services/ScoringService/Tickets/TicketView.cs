using System.Text.Json;
using Performance.Scoring.Live;
using Performance.Scoring.Views;

namespace Performance.Scoring.Tickets;

/// <summary>
/// Ticket facts and rejection events. A stretch's tickets are read in one query, folded, and written by one statement
/// per table. When a source's status classes or the zone change, every ticket they concern is folded again.
/// </summary>
internal static class TicketView
{
    private const int Portion = 5_000;

    private const string Columns = $"select {HistoryRow.Columns} from ticket_histories";

    public static async Task ApplyAsync(ViewBatch batch, IReadOnlyList<object> facts, CancellationToken cancel)
    {
        var touched = facts.OfType<WorkEvent>().ToLookup(e => e.TicketId);
        var defined = facts.OfType<StatusClassesDefined>().ToList();
        if (touched.Count == 0 && defined.Count == 0 && !batch.ZoneChanged)
        {
            return;
        }

        var known = (await batch.ReadAsync(
                "select source, data::text from status_classes",
                r => (Source: r.GetString(0), Classes: JsonSerializer.Deserialize<Patterns>(r.GetString(1))!), cancel))
            .ToDictionary(s => s.Source, s => s.Classes);
        var changed = Redefine(batch, known, defined);
        var classes = known.ToDictionary(s => s.Key, s => s.Value.Classes);
        var writer = new TicketWriter(batch, await FacetCodes.LoadAsync(batch, cancel), classes);
        writer.Begin();
        await FoldAsync(batch, writer, touched, cancel);
        if (batch.ZoneChanged || changed.Count > 0)
        {
            await RestateAsync(batch, writer, touched, batch.ZoneChanged ? null : changed, cancel);
        }

        writer.Codes.QueueNew(batch);
    }

    private static List<string> Redefine(
        ViewBatch batch, Dictionary<string, Patterns> known, List<StatusClassesDefined> defined)
    {
        var changed = new List<string>();
        foreach (var e in defined.GroupBy(e => e.Source).Select(g => g.Last()))
        {
            var patterns = new Patterns([.. e.Terminal], [.. e.Closed], [.. e.Hold]);
            if (!known.TryGetValue(e.Source, out var before) || !before.SameAs(patterns))
            {
                changed.Add(e.Source);
                known[e.Source] = patterns;
                batch.Queue("""
                    insert into status_classes (source, data) values (?, ?::jsonb)
                    on conflict (source) do update set data = excluded.data
                    """, e.Source, JsonSerializer.Serialize(patterns));
            }
        }

        return changed;
    }

    private static async Task FoldAsync(
        ViewBatch batch, TicketWriter writer, ILookup<Guid, WorkEvent> touched, CancellationToken cancel)
    {
        if (touched.Count == 0)
        {
            return;
        }

        var before = (await batch.ReadAsync(
            $"{Columns} where ticket_id = any($1)", r => HistoryRow.Of(r).Read(), cancel,
            touched.Select(t => t.Key).ToArray()))
            .ToDictionary(h => h.TicketId);
        foreach (var ticket in touched)
        {
            var old = before.GetValueOrDefault(ticket.Key);
            writer.Add(old, ticket.Aggregate(old ?? TicketHistory.None(ticket.Key), (h, e) => h.With(e)));
        }

        writer.Flush(historiesToo: true);
    }

    private static async Task RestateAsync(
        ViewBatch batch, TicketWriter writer, ILookup<Guid, WorkEvent> done, List<string>? sources,
        CancellationToken cancel)
    {
        var after = Guid.Empty;
        while (true)
        {
            var portion = await batch.ReadAsync(
                $"{Columns} where ticket_id > $1 and ($2 or source = any($3)) order by ticket_id limit {Portion}",
                r => HistoryRow.Of(r).Read(), cancel, after, sources is null, (sources ?? []).ToArray());
            foreach (var history in portion.Where(h => !done.Contains(h.TicketId)))
            {
                writer.Add(history, history);
            }

            writer.Flush(historiesToo: false);
            if (portion.Count < Portion)
            {
                batch.Changes.Add(Topics.Scorecard, Changes.All);
                return;
            }

            after = portion[^1].TicketId;
        }
    }

    private sealed record Patterns(string[] Terminal, string[] Closed, string[] Hold)
    {
        public StatusClasses Classes => new(Terminal, Closed, Hold);

        public bool SameAs(Patterns other) => Terminal.SequenceEqual(other.Terminal)
            && Closed.SequenceEqual(other.Closed) && Hold.SequenceEqual(other.Hold);
    }
}
