using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Overrides;

/// <summary>
/// <c>POST /api/tickets/{id}/dispute {reason, eventId?}</c>: the ticket's agent objects to one rejection event, or to
/// all that count.
/// </summary>
internal static class DisputeRejection
{
    public static IReadOnlyList<object> Decide(
        Ticket ticket, RejectionRequest.Command command, DateTimeOffset now)
    {
        var rejections = RejectionRequest.InScope(ticket, command.EventId);
        if (rejections.Count == 0)
        {
            throw new DomainException("The ticket has no rejection event to dispute.");
        }

        Rejection[] counting = [.. rejections.Where(r => !r.Excused)];
        if (counting.Length == 0)
        {
            throw new DomainException("This is excused already: there is nothing to dispute.");
        }

        // Two open disputes never share a rejection event: each gets one answer.
        return counting.Any(r => ticket.OpenDisputes.Any(d => d.Covered.Contains(r.EventId)))
            ? throw new DomainException("This is disputed already, and not yet decided.")
            :
            [
                new RejectionDisputed(
                    command.EventId, ticket.AgentId, command.By, command.Reason, now, ticket.Step + 1)
            ];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/dispute", (
            string id, RejectionRequest.Body body, TicketCommands tickets, CancellationToken cancel) =>
        {
            var (reason, eventId) = RejectionRequest.Read(body.Reason, body.EventId);
            return tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireOwn(ticket);
                return Decide(ticket, new RejectionRequest.Command(eventId, reason, access.User.UserName), now);
            }, cancel);
        })
        .RequireAuthorization(Policies.Person)
        .WithName("DisputeRejection");
}
