using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>
/// What the commands about a ticket's rejection events have in common: <c>{reason, eventId?}</c>, one rejection event
/// or all, a reason that must be given, and who may.
/// </summary>
internal static class RejectionRequest
{
    internal sealed record Body(string? Reason, string? EventId);

    /// <param name="EventId">The one rejection event that is meant; null: all.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">User name of who asks.</param>
    internal sealed record Command(Guid? EventId, string Reason, string By);

    public delegate IReadOnlyList<object> Decision(Ticket ticket, Command command, DateTimeOffset now);

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

    public static (string Reason, Guid? EventId) Read(string? reason, string? eventId) => (
        Input.Prose("reason", reason, Given.LongestReason), eventId is null ? null : Input.Id("eventId", eventId));

    /// <summary>An endpoint for those who decide about the ticket's agent; their sight is kept for the rates.</summary>
    public static void MapSupervision(IEndpointRouteBuilder routes, string path, string name, Decision decide) => routes
        .MapPost(path, (string id, Body body, TicketCommands tickets, CancellationToken cancel) =>
        {
            var (reason, eventId) = Read(body.Reason, body.EventId);
            return tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireSupervision(ticket);
                return decide(ticket, new Command(eventId, reason, access.User.UserName), now);
            }, cancel, Overrides.SupervisorSight.Keep);
        })
        .RequireAuthorization(Policies.Supervision)
        .WithName(name);
}
