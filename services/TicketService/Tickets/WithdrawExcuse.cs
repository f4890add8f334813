using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets/{id}/excuse/withdraw {reason, eventId?}</c>: an excuse is taken back.</summary>
internal static class WithdrawExcuse
{
    public static IReadOnlyList<object> Decide(
        Ticket ticket, RejectionRequest.Command command, DateTimeOffset now)
    {
        var rejections = RejectionRequest.InScope(ticket, command.EventId);
        if (rejections.Any(r => r.Excused))
        {
            return
            [
                new ExcuseWithdrawn(
                    command.EventId, command.By, command.Reason, now, ticket.Step + 1, ticket.AgentId)
            ];
        }

        return rejections.Any(r => r.WasExcused)
            ? []
            : throw new DomainException("Nothing of this is excused.");
    }

    public static void Map(IEndpointRouteBuilder routes) => RejectionRequest.MapSupervision(
        routes, "/api/tickets/{id}/excuse/withdraw", "WithdrawExcuse", Decide);
}
