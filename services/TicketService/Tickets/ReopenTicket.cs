using Performance.Contracts;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;
using Performance.Tickets.Imports;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets/{id}/reopen {}</c>: a finished ticket is work again.</summary>
internal static class ReopenTicket
{
    internal sealed record Command(string By);

    /// <param name="ticket">The ticket.</param>
    /// <param name="command">Who re-opens it.</param>
    /// <param name="classes">How the statuses of its source are to be read.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<object> Decide(
        Ticket ticket, Command command, StatusClasses classes, DateTimeOffset now)
    {
        if (ticket.Status == IntakeStatuses.OnProgress)
        {
            return [];
        }

        var isFinished = ticket.Kind == TicketKind.Imported
            ? classes.Terminal.Match(ticket.Status)
            : IntakeStatuses.IsEnd(ticket.Status);
        if (!isFinished)
        {
            throw new DomainException(
                $"The ticket is {ticket.Status}: only a finished one can be re-opened.",
                new Dictionary<string, object?>
                {
                    ["allowed"] = ticket.Kind == TicketKind.Imported ? [] : IntakeStatuses.MovesFrom(ticket.Status)
                });
        }

        return
        [
            new TicketStatusChanged(
                ticket.Status, IntakeStatuses.OnProgress, ticket.AgentId, ticket.Type, ticket.State,
                FactOrigin.Command, command.By, now, ticket.Step + 1)
        ];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/reopen", async (
            string id, TicketCommands tickets, SourceSettings sources, CancellationToken cancel) =>
        {
            var classes = await sources.ClassesOfTicketAsync(id, cancel);
            return await tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireWork(ticket);
                return Decide(ticket, new Command(access.User.UserName), classes, now);
            }, cancel);
        })
        .RequireAuthorization(Policies.Person)
        .WithName("ReopenTicket");
}
