using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>The place of an entry in a list: a ticket by its creation, a rejection event by its instant.</summary>
internal readonly record struct KnownPlace(DateTimeOffset At, Guid TicketId, int Ordinal) : IComparable<KnownPlace>
{
    public int CompareTo(KnownPlace other) =>
        (At, TicketId, Ordinal).CompareTo((other.At, other.TicketId, other.Ordinal));
}

/// <summary>What a measure counts of a ticket in memory, as <see cref="Listing"/> says it in SQL.</summary>
internal sealed class KnownEntries(Measure measure, Behind behind, bool atRejection, KnownScope agents)
{
    /// <summary>Whether rejections count for whoever had the ticket when it was sent back.</summary>
    public bool AtRejection => atRejection;

    public IEnumerable<KnownPlace> Of(KnownTicket ticket) => measure.Name switch
    {
        _ when behind.CreatedIn is { } month && month != BusinessZone.MonthNumber(ticket.Day) => [],
        Measure.RejectEvents => ticket.Facts.Rejections
            .Select((rejection, ordinal) => (Event: rejection, Ordinal: ordinal))
            .Where(r => Counts(ticket, r.Event))
            .Select(r => new KnownPlace(r.Event.At, ticket.TicketId, r.Ordinal)),
        _ when Has(ticket) => [new KnownPlace(ticket.CreatedAt, ticket.TicketId, 0)],
        _ => []
    };

    private bool Has(KnownTicket ticket) => measure.Name == Measure.RejectedTickets
        ? ticket.Facts.Rejections.Any(r => Counts(ticket, r))
        : measure.Has(ticket.Facts.Flags) && (atRejection && measure.Credited != TicketFlags.None
            ? ticket.Facts.Rejections.Any(r => Counts(ticket, r)
                && (RejectionRows.Credits(ticket.Facts, r) & measure.Credited) != 0)
            : agents.Has(ticket.Facts.AgentId));

    private bool Counts(KnownTicket ticket, RejectionEvent rejection) =>
        !rejection.Excused && agents.Has(atRejection ? rejection.AgentId : ticket.Facts.AgentId)
        && (behind.Labels is null || behind.Labels.Contains(rejection.Cause));
}
