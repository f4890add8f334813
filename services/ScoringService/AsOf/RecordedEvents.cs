using System.Runtime.CompilerServices;
using Performance.Contracts;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.AsOf;

/// <summary>An event of the frame with its place in the store.</summary>
internal sealed record RecordedFact(long Sequence, object Fact)
{
    public DateTimeOffset RecordedAt => StoredFacts.RecordedAt(Fact);
}

/// <summary>An event of a ticket with its place in the store.</summary>
internal sealed record RecordedWork(long Sequence, WorkEvent Event);

/// <summary>The same as it is stored: another thread can read it.</summary>
internal readonly record struct StoredWork(Guid TicketId, long Sequence, string Type, string Data)
{
    public RecordedWork Read() => new(Sequence, StoredFacts.Ticket(Type, Data));
}

/// <summary>Reads events up to the views' position: the frame's, and those of chosen tickets.</summary>
internal static class RecordedEvents
{
    public const int Portion = 2_000;

    public static async Task<List<RecordedFact>> FrameAsync(ViewSnapshot views, CancellationToken cancel) =>
        await views.ReadAsync(
            "select seq_id, type, data from frame_facts order by seq_id",
            r => new RecordedFact(r.GetInt64(0), StoredFacts.Frame(r.GetString(1), r.GetString(2))), cancel);

    /// <summary>Tickets with all their events in their order, in portions.</summary>
    /// <param name="views">The snapshot to read in.</param>
    /// <param name="which">A condition on <c>ticket_histories</c>; its parameter is $3.</param>
    /// <param name="parameter">The condition's parameter.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async IAsyncEnumerable<List<List<StoredWork>>> ByTicketAsync(
        ViewSnapshot views, string which, object parameter, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<List<StoredWork>> tickets = [];
        await foreach (var events in views.PortionsAsync(
            $"""
            select stream_id, seq_id, type, data::text from mt_events
            where seq_id <= $1 and type = any($2)
                and stream_id in (select ticket_id from ticket_histories where {which})
            order by stream_id, version
            """, r => new StoredWork(r.GetGuid(0), r.GetInt64(1), r.GetString(2), r.GetString(3)), Portion, cancel,
            Last(views), StoredFacts.OfTickets.Keys.ToArray(), parameter))
        {
            foreach (var e in events)
            {
                if (tickets.Count == 0 || tickets[^1][0].TicketId != e.TicketId)
                {
                    tickets.Add([]);
                }

                tickets[^1].Add(e);
            }

            // The last one's events may go on in the next portion.
            if (tickets.Count > 1)
            {
                yield return tickets[..^1];
                tickets = [tickets[^1]];
            }
        }

        yield return tickets;
    }

    private static long Last(ViewSnapshot views) =>
        StorePosition.TryParse(views.Position, out var position) ? position.Sequence : 0;
}
