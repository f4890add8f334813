using Marten;
using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Sessions;

/// <summary><c>GET sessions?agentId=&amp;ticketId=</c>, newest first, and <c>GET sessions/{id}</c>.</summary>
internal static class ReadSessions
{
    internal sealed record Page(IReadOnlyList<CoachingSession> Items, int Total);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/sessions", async (
            string? agentId, string? ticketId, string? page, string? pageSize, HttpContext http, IQuerySession session,
            CancellationToken cancel) =>
        {
            var (skip, take) = Input.Page(page, pageSize);
            var ticket = Input.OptionalId("ticketId", ticketId);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var agents = Agents(organisation, CurrentUser.From(http.User), Input.OptionalId("agentId", agentId));
            var found = session.Query<CoachingSession>().Where(s => agents.Contains(s.AgentId));
            if (ticket is { } id)
            {
                found = found.Where(s => s.TicketId == id);
            }

            var total = await found.CountAsync(cancel);
            var items = await found.OrderByDescending(s => s.Date).ThenByDescending(s => s.RecordedAt)
                .Skip(skip).Take(take).ToListAsync(cancel);
            return Results.Ok(new Page(items, total));
        }).RequireAuthorization(Policies.Person).Produces<Page>();

        group.MapGet("/sessions/{sessionId}", async (
            string sessionId, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var id = Input.Id("sessionId", sessionId);
            var found = await session.LoadAsync<CoachingSession>(id, cancel)
                ?? throw new NotFoundException("There is no such session.");
            (await Organisation.LoadAsync(session, cancel)).Seen(CurrentUser.From(http.User), found.AgentId);
            await http.TagAsync(session, id, cancel);
            return Results.Ok(found);
        }).RequireAuthorization(Policies.Person).Produces<CoachingSession>();
    }

    /// <summary>The agent asked for, with the records merged into it; else everybody whom the user may see.</summary>
    public static List<Guid> Agents(Organisation organisation, CurrentUser user, Guid? agentId) => agentId is { } one
        ? [.. organisation.Merges.Family(organisation.Seen(user, one).Id)]
        : [.. organisation.Agents.Keys.Where(id => organisation.MaySee(user, id))];
}
