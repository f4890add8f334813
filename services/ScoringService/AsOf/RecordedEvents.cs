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

/// <summary>Reads the store's events up to the views' position: first the frame, then ticket by ticket.</summary>
internal static class RecordedEvents
{
    // Text in the store has ticks, a timestamptz microseconds: the exact comparison is made afterwards.
    private const string Early = "(data ->> 'RecordedAt')::timestamptz <= $3";
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    public static async Task<List<RecordedFact>> FrameAsync(ViewSnapshot views, CancellationToken cancel) =>
        await views.ReadAsync(
            """
            select seq_id, type, data::text from mt_events where seq_id <= $1 and type = any($2) order by seq_id
            """,
            r => new RecordedFact(r.GetInt64(0), StoredFacts.Frame(r.GetString(1), r.GetString(2))), cancel,
            Last(views), StoredFacts.OfTheFrame.Keys.ToArray());

    /// <summary>Every ticket with its events in their order, those recorded later left out.</summary>
    /// <param name="views">The snapshot to read in.</param>
    /// <param name="until">Null: all events.</param>
    /// <param name="each">Called once a ticket.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <param name="only">The tickets wanted; null: all.</param>
    public static async Task EachTicketAsync(
        ViewSnapshot views, DateTimeOffset? until, Action<IReadOnlyList<RecordedWork>> each, CancellationToken cancel,
        Guid[]? only = null)
    {
        var ticket = new List<RecordedWork>();
        void Close()
        {
            if (ticket.Count > 0)
            {
                each(ticket);
                ticket = [];
            }
        }

        List<object> parameters = [Last(views), StoredFacts.OfTickets.Keys.ToArray()];
        if (until is { } instant)
        {
            parameters.Add(instant.ToUniversalTime() + Slack);
        }

        if (only is not null)
        {
            parameters.Add(only);
        }

        await views.EachAsync(
            $"""
            select seq_id, type, data::text from mt_events
            where seq_id <= $1 and type = any($2) {(until is null ? "" : "and " + Early)}
                {(only is null ? "" : $"and stream_id = any(${parameters.Count})")}
            order by stream_id, version
            """,
            r =>
            {
                var work = StoredFacts.Ticket(r.GetString(1), r.GetString(2));
                if (until is { } latest && work.RecordedAt > latest)
                {
                    return;
                }

                if (ticket.Count > 0 && ticket[0].Event.TicketId != work.TicketId)
                {
                    Close();
                }

                ticket.Add(new RecordedWork(r.GetInt64(0), work));
            }, cancel, parameters);
        Close();
    }

    private static long Last(ViewSnapshot views) =>
        StorePosition.TryParse(views.Position, out var position) ? position.Sequence : 0;
}
