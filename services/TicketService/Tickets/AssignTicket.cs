using Performance.Contracts;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets/{id}/assign {agentId}</c></summary>
internal static class AssignTicket
{
    internal sealed record Body(string? AgentId);

    internal sealed record Command(Guid AgentId, string By);

    public static IReadOnlyList<object> Decide(Ticket ticket, Command command, DateTimeOffset now)
    {
        if (ticket.AgentId == command.AgentId)
        {
            return [];
        }

        if (ticket.Kind == TicketKind.Intake && IntakeStatuses.IsEnd(ticket.Status))
        {
            throw new DomainException($"The ticket is {ticket.Status}: re-open it first.");
        }

        return
        [
            new TicketAssigned(
                command.AgentId, ticket.AgentId, FactOrigin.Command, command.By, now, ticket.Step + 1)
        ];
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets/{id}/assign", (string id, Body body, TicketCommands tickets, CancellationToken cancel) =>
        {
            var agentId = Input.Id("agentId", body.AgentId);
            return tickets.RunAsync(id, (ticket, access, now) =>
            {
                access.RequireAssignment(ticket, agentId);
                return Decide(ticket, new Command(access.Resolve(agentId)!.Value, access.User.UserName), now);
            }, cancel);
        })
        .RequireAuthorization(Policies.Supervision)
        .WithName("AssignTicket");
}
