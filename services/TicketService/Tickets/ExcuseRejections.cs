using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>
/// <c>POST /api/tickets/{id}/excuse {reason, eventId?}</c>: all rejection events up to now, or one, are not the agent's
/// fault. A dispute about nothing else is accepted by it.
/// </summary>
internal static class ExcuseRejections
{
    public static IReadOnlyList<object> Decide(
        Ticket ticket, RejectionRequest.Command command, DateTimeOffset now)
    {
        var rejections = RejectionRequest.InScope(ticket, command.EventId);
        if (rejections.Count == 0)
        {
            throw new DomainException("The ticket has no rejection event to excuse.");
        }

        if (rejections.All(r => r.Excused))
        {
            return [];
        }

        var step = ticket.Step + 1;
        var left = ticket.CountingRejections.Select(r => r.EventId).Except(rejections.Select(r => r.EventId))
            .ToHashSet();
        Dispute[] settled = [.. ticket.OpenDisputes.Where(d => !d.Covered.Any(left.Contains))];
        return
        [
            new RejectionsExcused(
                command.EventId, command.By, command.Reason, now, step, ticket.AgentId,
                settled.FirstOrDefault()?.EventId),
            .. settled.Select(d => new DisputeDecided(
                d.EventId, d.RejectionEventId, true, d.AgentId, command.By, command.Reason, now, step))
        ];
    }

    public static void Map(IEndpointRouteBuilder routes) => RejectionRequest.MapSupervision(
        routes, "/api/tickets/{id}/excuse", "ExcuseRejections", Decide);
}
