using Performance.Contracts;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets/{id}/status {status, at?}</c></summary>
internal static class ChangeStatus
{
    private const int LongestStatus = 100;

    internal sealed record Body(string? Status, DateTimeOffset? At);

    internal sealed record Command(string Status, DateTimeOffset? At, string By);

    public static IReadOnlyList<object> Decide(Ticket ticket, Command command, DateTimeOffset now)
    {
        var at = Given.At(command.At, ticket, now);
        var to = ticket.Kind == TicketKind.Imported ? command.Status : Spelled(command.Status);
        if (StatusPatterns.Same(ticket.Status, to))
        {
            return [];
        }

        // Imported work follows its source, in which any status may follow any other.
        if (ticket.Kind != TicketKind.Imported)
        {
            RequireMove(ticket.Status, to);
        }

        // Only imported work has rejection events; moving on from one rejection status to the next is none.
        var sendsBack = ticket.Kind == TicketKind.Imported && RejectionWords.In(to)
            && !RejectionWords.In(ticket.Status);
        return
        [
            new TicketStatusChanged(
                ticket.Status, to, ticket.AgentId, ticket.Type, ticket.State, FactOrigin.Command, command.By, at,
                ticket.Step + 1, sendsBack)
        ];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/status", async (
            string id, Body body, TicketCommands tickets, StatusSpelling spelling, CancellationToken cancel) =>
        {
            var status = await spelling.OfAsync(id, Input.Line("status", body.Status, LongestStatus), cancel);
            return await tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireWork(ticket);
                return Decide(ticket, new Command(status, body.At, access.User.UserName), now);
            }, cancel);
        })
        .RequireAuthorization(Policies.Person)
        .WithName("ChangeStatus");

    private static string Spelled(string status) =>
        IntakeStatuses.All.FirstOrDefault(known => StatusPatterns.Same(known, status))
        ?? throw new InvalidFieldException("status", $"is none of {string.Join(", ", IntakeStatuses.All)}");

    private static void RequireMove(string from, string to)
    {
        var allowed = IntakeStatuses.MovesFrom(from);
        if (!allowed.Contains(to))
        {
            throw new DomainException(
                $"A ticket does not go from {from} to {to}.",
                new Dictionary<string, object?> { ["allowed"] = allowed });
        }
    }
}
