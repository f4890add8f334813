using Performance.Scoring.Scorecards;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.AsOf;

/// <summary>
/// Every ticket as it was known at an instant. Of most nothing was recorded since: their kept histories are what was
/// known then. Only those that were known and went on are put together from the store's events (docs/adr/0113).
/// </summary>
internal static class KnownTickets
{
    // Days, so that no zone matters: the filters decide afterwards.
    private const int Slack = 3;

    public static async Task EachAsync(
        ViewSnapshot views, Frame frame, Filters filters, DateTimeOffset asOf, Action<KnownTicket> take,
        CancellationToken cancel)
    {
        await Portions.EachAsync(
            UnchangedAsync(views, filters, asOf, cancel),
            rows => rows.ConvertAll(row => KnownTicket.Of(row.Read(), frame)), TakeAll, cancel);
        await Portions.EachAsync(
            RecordedEvents.ByTicketAsync(
                views, "recorded_from <= $3 and recorded_to > $3", asOf.UtcTicks, cancel),
            tickets => tickets.ConvertAll(events => KnownTicket.Of(Until(asOf, events), frame)), TakeAll, cancel);

        void TakeAll(List<KnownTicket?> known)
        {
            foreach (var ticket in known.OfType<KnownTicket>())
            {
                take(ticket);
            }
        }
    }

    /// <summary>Those of which nothing was recorded later; a scorecard counts no others than imported ones.</summary>
    public static IAsyncEnumerable<List<HistoryRow>> UnchangedAsync(
        ViewSnapshot views, Filters filters, DateTimeOffset asOf, CancellationToken cancel) => views.PortionsAsync(
        $"""
        select {HistoryRow.Columns} from ticket_histories
        where recorded_to <= $1 and kind = 0 and created_ticks between $2 and $3
        """, HistoryRow.Of, RecordedEvents.Portion, cancel, asOf.UtcTicks, Ticks(filters.FirstDay(), -Slack) ?? 0,
        Ticks(filters.LastDay(), Slack) ?? long.MaxValue);

    /// <summary>What was known of a ticket by then.</summary>
    public static TicketHistory Until(DateTimeOffset asOf, List<StoredWork> events) => events
        .Select(e => e.Read().Event).Where(e => e.RecordedAt <= asOf)
        .Aggregate(TicketHistory.None(events[0].TicketId), (h, e) => h.With(e));

    private static long? Ticks(DateOnly? day, int slack) => day?.ToDateTime(TimeOnly.MinValue).AddDays(slack).Ticks;
}
