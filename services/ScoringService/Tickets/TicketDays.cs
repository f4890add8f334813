using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Tickets;

/// <summary>
/// The days on which something happened to a ticket, in the business zone (docs/adr/0090). Only the zone takes days
/// away; else a history grows, and so do its days.
/// </summary>
internal sealed class TicketDays(ViewBatch batch)
{
    private readonly BusinessZone zone = batch.Settings.Zone;
    private readonly List<(Guid Ticket, DateOnly Day)> added = [];

    /// <summary>The days of a history; none while its opening is not known, or where it is no work ticket.</summary>
    public static IEnumerable<DateOnly> Of(TicketHistory? history, BusinessZone zone) =>
        history?.Kind != WorkKind.Imported ? []
            : history.Entries.Select(e => e.At).Prepend(history.CreatedAt).Select(zone.DayOf).Distinct();

    public void Add(TicketHistory? before, TicketHistory now)
    {
        var days = Of(now, zone);
        added.AddRange((batch.ZoneChanged ? days : days.Except(Of(before, zone))).Select(d => (now.TicketId, d)));
    }

    /// <summary>Takes all days away where the zone changed: every ticket's are added again.</summary>
    public void QueueRemoval()
    {
        if (batch.ZoneChanged)
        {
            batch.Queue("delete from ticket_days");
        }
    }

    public void Queue()
    {
        if (added.Count > 0)
        {
            batch.Queue(
                "insert into ticket_days (ticket_id, day) select * from unnest(?::uuid[], ?::date[])",
                added.Select(d => d.Ticket).ToArray(), added.Select(d => d.Day).ToArray());
            added.Clear();
        }
    }
}
