using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets/{id}/excuse/withdraw {reason, eventId?}</c>: an excuse is taken back.</summary>
internal static class WithdrawExcuse
{
    internal sealed record Body(string? Reason, string? EventId);

    internal sealed record Command(Guid? EventId, string Reason, string By);

    public static IReadOnlyList<object> Decide(Ticket ticket, Command command, DateTimeOffset now)
    {
        var rejections = ExcuseRejections.InScope(ticket, command.EventId);
        if (rejections.Any(r => r.Excused))
        {
            return [new ExcuseWithdrawn(command.EventId, command.By, command.Reason, now, ticket.Step + 1)];
        }

        return rejections.Any(r => r.WasExcused)
            ? []
            : throw new DomainException("Nothing of this is excused.");
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/excuse/withdraw", (
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
        .WithName("WithdrawExcuse");
}
