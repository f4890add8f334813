using JasperFx.Events;
using Performance.ServiceDefaults.Identity;

namespace Performance.Tickets;

/// <summary><c>GET /api/tickets/{id}/history</c>: everything that happened to a ticket, in its order.</summary>
internal static class TicketHistory
{
    /// <param name="Type">The stored event's name.</param>
    /// <param name="OccurredAt">When it happened in the business.</param>
    /// <param name="RecordedAt">When it became known here.</param>
    /// <param name="Step">Entries of one step happened together.</param>
    /// <param name="By">Who did it; null for what an import read.</param>
    /// <param name="Data">The event's own members.</param>
    internal sealed record Entry(
        Guid EventId,
        long Version,
        string Type,
        DateTimeOffset OccurredAt,
        DateTimeOffset RecordedAt,
        int Step,
        string? By,
        object Data);

    internal sealed record Answer(IReadOnlyList<Entry> Items, int Total);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/tickets/{id}/history", async (
            string id, TicketCommands tickets, CancellationToken cancel) =>
        {
            var (_, events, _) = await tickets.ReadAsync(id, cancel);
            return new Answer([.. events.Select(View)], events.Count);
        })
        .RequireAuthorization(Policies.Person)
        .WithName("TicketHistory");

    private static Entry View(IEvent e)
    {
        var (occurredAt, step, by) = TicketEventFacts.Of(e.Data);
        return new Entry(e.Id, e.Version, e.EventTypeName, occurredAt, e.Timestamp, step, by, e.Data);
    }
}
