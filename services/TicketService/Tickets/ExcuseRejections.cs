using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>
/// <c>POST /api/tickets/{id}/excuse {reason, eventId?}</c>: all rejection events up to now, or one, are not the agent's
/// fault.
/// </summary>
internal static class ExcuseRejections
{
    internal sealed record Body(string? Reason, string? EventId);

    internal sealed record Command(Guid? EventId, string Reason, string By);

    public static IReadOnlyList<object> Decide(Ticket ticket, Command command, DateTimeOffset now)
    {
        var rejections = InScope(ticket, command.EventId);
        if (rejections.Count == 0)
        {
            throw new DomainException("The ticket has no rejection event to excuse.");
        }

        return rejections.All(r => r.Excused)
            ? []
            : [new RejectionsExcused(command.EventId, command.By, command.Reason, now, ticket.Step + 1)];
    }

    /// <summary>The rejection events that a command is about.</summary>
    /// <exception cref="InvalidFieldException">The event named is no rejection event of the ticket.</exception>
    public static IReadOnlyList<Rejection> InScope(Ticket ticket, Guid? eventId)
    {
        Rejection[] rejections =
            [.. ticket.StandingRejections.Where(r => eventId is null || r.EventId == eventId)];
        return eventId is null || rejections.Length > 0
            ? rejections
            : throw new InvalidFieldException("eventId", "is no rejection event of this ticket");
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/excuse", (
            string id, Body body, TicketCommands tickets, CancellationToken cancel) =>
        {
            var reason = Input.Prose("reason", body.Reason, Given.LongestReason);
            var eventId = body.EventId is null ? (Guid?)null : Input.Id("eventId", body.EventId);
            return tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireSupervision(ticket);
                return Decide(ticket, new Command(eventId, reason, access.User.UserName), now);
            }, cancel);
        })
        .RequireAuthorization(Policies.Supervision)
        .WithName("ExcuseRejections");
}
