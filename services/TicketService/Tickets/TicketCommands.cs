using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>Runs a command on one ticket: loads it, lets the slice check who asks and decide, appends.</summary>
internal sealed class TicketCommands(
    IHttpContextAccessor http, IDocumentStore store, AgentDirectory directory, TimeProvider clock)
{
    /// <param name="id">The ticket's id as it stands in the path.</param>
    /// <param name="decide">Checks access, then decides.</param>
    /// <param name="cancel">The request's cancellation.</param>
    /// <param name="beside">Queues what else belongs into the transaction, where something was decided.</param>
    public async Task<IResult> RunAsync(
        string id,
        Func<Ticket, TicketAccess, DateTimeOffset, IReadOnlyList<object>> decide,
        CancellationToken cancel,
        Action<TicketAccess, IDocumentSession>? beside = null)
    {
        var ticketId = Input.Id("id", id);
        var context = http.HttpContext!;
        var access = new TicketAccess(CurrentUser.From(context.User), await directory.AllAsync(cancel));
        return await CommandEndpoint.RunAsync<Ticket>(
            context, store, EventStoreId.Tickets, ticketId,
            (ticket, session, _) =>
            {
                var events = decide(ticket ?? throw NotThere(), access, clock.GetUtcNow());
                if (events.Count > 0)
                {
                    beside?.Invoke(access, session);
                }

                return ValueTask.FromResult(events);
            }, cancel);
    }

    /// <summary>A ticket with its history, for who may see it.</summary>
    public async Task<(Ticket Ticket, IReadOnlyList<JasperFx.Events.IEvent> Events, TicketAccess Access)> ReadAsync(
        string id, CancellationToken cancel)
    {
        var ticketId = Input.Id("id", id);
        await using var session = store.LightweightSession();
        var events = await session.Events.FetchStreamAsync(ticketId, token: cancel);
        if (events is not [{ Data: TicketImported or TicketSubmitted }, ..])
        {
            throw NotThere();
        }

        var ticket = events.Aggregate((Ticket?)null, (t, e) => Ticket.Evolve(t, ticketId, e.Id, e.Data))!;
        var access = new TicketAccess(
            CurrentUser.From(http.HttpContext!.User), await directory.AllAsync(cancel));
        access.RequireSight(ticket);
        return (ticket, events, access);
    }

    private static NotFoundException NotThere() => new("There is no such ticket.");
}
