using Performance.Scoring.Scorecards;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;

namespace Performance.Scoring.AsOf;

/// <summary>A page's tickets as they were known then; what they are called is always today's word.</summary>
internal sealed class KnownItems
{
    private readonly Dictionary<Guid, KnownTicket> tickets = [];
    private readonly Dictionary<Guid, (string Source, string ExternalId, string? Title)> called;
    private readonly ViewSnapshot views;
    private readonly Caller caller;
    private readonly Frame frame;

    private KnownItems(
        ViewSnapshot views, Caller caller, Frame frame,
        IEnumerable<(Guid Id, string Source, string ExternalId, string? Title)> called)
    {
        (this.views, this.caller, this.frame) = (views, caller, frame);
        this.called = called.ToDictionary(c => c.Id, c => (c.Source, c.ExternalId, c.Title));
    }

    public static async Task<KnownItems> ReadAsync(
        ViewSnapshot views, Caller caller, Frame frame, DateTimeOffset asOf, Guid[] ids, CancellationToken cancel)
    {
        var items = new KnownItems(views, caller, frame, await views.ReadAsync(
            "select ticket_id, source, external_id, title from ticket_histories where ticket_id = any($1)",
            r => (r.GetGuid(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3)), cancel, ids));
        await foreach (var tickets in RecordedEvents.ByTicketAsync(views, "ticket_id = any($3)", ids, cancel))
        {
            foreach (var events in tickets)
            {
                items.tickets[events[0].TicketId] = KnownTicket.Of(KnownTickets.Until(asOf, events), frame)!;
            }
        }

        return items;
    }

    public TicketItem Ticket(Guid id)
    {
        var (ticket, (source, externalId, title)) = (tickets[id], called[id]);
        var facts = ticket.Facts;
        var agent = Kept(facts.AgentId);
        return new TicketItem(
            id, source, externalId, title, ticket.Type, ticket.State, facts.Status, agent, Name(agent),
            In(ticket.CreatedAt), facts.Is(TicketFlags.Closed) && facts.ClosedAt is { } closed ? In(closed) : null,
            facts.Is(TicketFlags.Closed) ? ticket.CycleUs / 86_400_000_000m : null,
            facts.HoldSince is { } held ? In(held) : null, TicketLists.Names(facts.Flags),
            [.. facts.Rejections.Select(Rejection)]);
    }

    public RejectionEventItem Rejection(KnownPlace place, bool atRejection)
    {
        var (ticket, (source, externalId, title)) = (tickets[place.TicketId], called[place.TicketId]);
        var rejection = ticket.Facts.Rejections[place.Ordinal];
        var agent = Kept(atRejection ? rejection.AgentId : ticket.Facts.AgentId);
        return new RejectionEventItem(
            rejection.EventId, ticket.TicketId, source, externalId, title, rejection.Cause, rejection.FromStatus,
            In(rejection.At), rejection.Round, agent, Name(agent), rejection.Excused);
    }

    private RejectionItem Rejection(RejectionEvent rejection) => new(
        rejection.EventId, rejection.Cause, rejection.FromStatus, In(rejection.At), rejection.Round,
        Kept(rejection.AgentId), rejection.Excused, rejection.Excuse?.By, rejection.Excuse?.Reason,
        rejection.Excuse is { } excuse ? In(excuse.At) : null);

    private Guid? Kept(Guid? agent) => agent is { } id ? frame.Merges.Kept(id) : null;

    private string? Name(Guid? agent) => agent is { } id ? caller.NameOf(id) : null;

    private DateTimeOffset In(DateTimeOffset at) => TicketLists.In(views, at);
}
