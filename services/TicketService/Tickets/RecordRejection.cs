using Performance.Contracts;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets/{id}/rejections {label, at?}</c>: one rejection event.</summary>
internal static class RecordRejection
{
    internal sealed record Body(string? Label, DateTimeOffset? At);

    internal sealed record Command(string Label, DateTimeOffset? At, string By);

    public static IReadOnlyList<object> Decide(Ticket ticket, Command command, DateTimeOffset now)
    {
        var at = Given.At(command.At, ticket, now);
        if (ticket.Kind != TicketKind.Imported)
        {
            throw new DomainException("Tickets that were filed or logged here have no rejection events.");
        }

        // The same label twice is two rejections: a client that repeats a call says so by its Idempotency-Key.
        return
        [
            new RejectionRecorded(
                command.Label, ticket.AgentId, ticket.Type, ticket.State, FactOrigin.Command, command.By, at,
                ticket.Step + 1)
        ];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/rejections", (
            string id, Body body, TicketCommands tickets, CancellationToken cancel) =>
        {
            var label = Input.Line("label", body.Label, Given.LongestLabel);
            return tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireWork(ticket);
                return Decide(ticket, new Command(label, body.At, access.User.UserName), now);
            }, cancel);
        })
        .RequireAuthorization(Policies.Person)
        .WithName("RecordRejection");
}
