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
    public static HashSet<DateOnly> Of(TicketHistory? history, BusinessZone zone)
    {
        var days = new HashSet<DateOnly>();
        if (history?.Kind == WorkKind.Imported)
        {
            days.Add(zone.DayOf(history.CreatedAt));
            foreach (var e in history.Entries)
            {
                days.Add(zone.DayOf(e.At));
            }
        }

        return days;
    }

    /// <summary>Adds what a history gained, and answers its latest day, if it has any.</summary>
    public DateOnly Add(TicketHistory? before, TicketHistory now)
    {
        var days = Of(now, zone);
        var last = days.Count == 0 ? default : days.Max();
        if (before is not null && !batch.ZoneChanged)
        {
            days.ExceptWith(Of(before, zone));
        }

        added.AddRange(days.Select(d => (now.TicketId, d)));
        return last;
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
