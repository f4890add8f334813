using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Performance.Tickets;

/// <summary>Folds a ticket's stream into what its commands decide by.</summary>
internal sealed partial class TicketAggregation : SingleStreamProjection<Ticket, Guid>
{
    public override Ticket Evolve(Ticket? snapshot, Guid id, IEvent e) =>
        Ticket.Evolve(snapshot, e.StreamId, e.Id, e.Data);
}
