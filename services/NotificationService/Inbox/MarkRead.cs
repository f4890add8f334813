using Marten;
using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Inbox;

/// <summary><c>POST inbox/{id}/read</c> and <c>POST inbox/read-all</c>, in the caller's own inbox.</summary>
internal static class MarkRead
{
    /// <summary>More unread entries than this are marked with the next call.</summary>
    private const int AtOnce = 1_000;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/inbox/{entryId}/read", async (
            string entryId, HttpContext http, IDocumentStore store, Recipients recipients, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var own = (await ReadInbox.OwnAsync(http, recipients, cancel)).ToHashSet();
            return await CommandEndpoint.RunAsync<InboxEntry>(
                http, store, EventStoreId.Notifications, Input.Id("entryId", entryId), (state, session, _) =>
                {
                    var events = InboxEntry.Decide(state, own, clock.GetUtcNow());
                    Touch(session, events.Count > 0 ? [state!.AgentId] : []);
                    return ValueTask.FromResult(events);
                }, cancel);
        }).RequireAuthorization(Policies.Person);

        group.MapPost("/inbox/read-all", async (
            HttpContext http, IDocumentStore store, Recipients recipients, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var own = await ReadInbox.OwnAsync(http, recipients, cancel);
            if (own.Count == 0)
            {
                throw new DomainException("This sign-in has no agent record and no team, and so no inbox.");
            }

            // A supervisor without an agent record clears in the name of a team's inbox.
            var agent = CurrentUser.From(http.User).AgentId ?? own[0];
            return await CommandEndpoint.RunAsync<InboxOwner>(
                http, store, EventStoreId.Notifications, StreamIds.Inbox(agent), async (_, session, stop) =>
                {
                    var unread = await session.Query<InboxEntry>()
                        .Where(e => own.Contains(e.AgentId) && e.Unread)
                        .OrderByDescending(e => e.OccurredAt).Take(AtOnce).ToListAsync(stop);
                    var now = clock.GetUtcNow();
                    foreach (var entry in unread)
                    {
                        // Added, then read: a version that somebody else reached first fails, and all is tried again.
                        session.Events.Append(entry.Id, 2, new InboxEntryRead(entry.Id, now));
                    }

                    Touch(session, unread.Select(e => e.AgentId));
                    return unread.Count == 0 ? [] : [new InboxCleared(agent, unread.Count, now)];
                }, cancel);
        }).RequireAuthorization(Policies.Person);
    }

    private static void Touch(IDocumentSession session, IEnumerable<Guid> agents)
    {
        foreach (var agent in agents.Distinct().Order())
        {
            session.QueueSqlCommand(NotificationTables.TouchInbox, agent);
        }
    }
}
