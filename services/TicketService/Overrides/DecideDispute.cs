using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Overrides;

/// <summary>
/// <c>POST /api/tickets/{id}/dispute/decide {accept, reason, eventId?}</c>: accepted, what was disputed is excused in
/// the same transaction; declined, it stays counted. <c>eventId</c> is a rejection event of the dispute, or the
/// dispute's own; it may be left out while the ticket has one open dispute.
/// </summary>
internal static class DecideDispute
{
    internal sealed record Body(bool? Accept, string? Reason, string? EventId);

    internal sealed record Command(Guid? EventId, bool Accept, string Reason, string By);

    public static IReadOnlyList<object> Decide(Ticket ticket, Command command, DateTimeOffset now)
    {
        var meant = Meant(ticket, command.EventId);
        if (meant.LastOrDefault(d => d.Accepted is null) is not { } dispute)
        {
            return meant.LastOrDefault() is { } last && last.Accepted == command.Accept
                ? []
                : throw new DomainException("There is no open dispute to decide.");
        }

        if (meant.Count(d => d.Accepted is null) > 1)
        {
            throw new InvalidFieldException("eventId", "is missing: this ticket has more than one open dispute");
        }

        if (dispute.By == command.By)
        {
            throw new ForbiddenException("Nobody decides an own dispute.");
        }

        var decided = new DisputeDecided(
            dispute.EventId, dispute.RejectionEventId, command.Accept, dispute.AgentId, command.By, command.Reason,
            now, ticket.Step + 1);
        return command.Accept ? [decided, .. Excuses(ticket, dispute, decided)] : [decided];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/dispute/decide", (
            string id, Body body, TicketCommands tickets, CancellationToken cancel) =>
        {
            var accept = body.Accept ?? throw new InvalidFieldException("accept", "is missing");
            var (reason, eventId) = RejectionRequest.Read(body.Reason, body.EventId);
            return tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireSupervision(ticket);
                return Decide(ticket, new Command(eventId, accept, reason, access.User.UserName), now);
            }, cancel, SupervisorSight.Keep);
        })
        .RequireAuthorization(Policies.Supervision)
        .WithName("DecideDispute");

    private static IReadOnlyList<Dispute> Meant(Ticket ticket, Guid? eventId)
    {
        if (eventId is not { } id)
        {
            return ticket.Disputes;
        }

        Dispute[] meant = [.. ticket.Disputes.Where(d => d.EventId == id || d.Covered.Contains(id))];
        return meant.Length > 0 || ticket.Rejections.Any(r => r.EventId == id)
            ? meant
            : throw new InvalidFieldException("eventId", "is no rejection event and no dispute of this ticket");
    }

    // What was rejected after the dispute was raised is not excused by it.
    private static IEnumerable<RejectionsExcused> Excuses(Ticket ticket, Dispute dispute, DisputeDecided decided)
    {
        Guid[] counting = [.. ticket.CountingRejections.Select(r => r.EventId)];
        Guid[] disputed = [.. counting.Where(dispute.Covered.Contains)];
        Guid?[] scopes = disputed.Length == counting.Length && disputed.Length > 1
            ? [null]
            : [.. disputed.Select(id => (Guid?)id)];
        return scopes.Select(scope => new RejectionsExcused(
            scope, decided.By, decided.Reason, decided.OccurredAt, decided.Step, ticket.AgentId, dispute.EventId));
    }
}
