using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    public LiveStream InboxLive { get; } = new();

    public void Notify(InboxEntry entry)
    {
        Data.Inbox.Insert(0, entry);
        InboxLive.Tell("unread", "{}");
    }

    private void MapNotifications(RouteTable routes)
    {
        routes.Map("GET", "/api/notifications/inbox/stream", InboxLive.ServeAsync);
        routes.Map("GET", "/api/notifications/inbox", http => Who(http)?.AgentId is null
            ? new Inbox([], 0, 0)
            : new Inbox(Data.Inbox, Data.Inbox.Count, Data.Inbox.Count(e => e.ReadAt is null)));
        routes.Map("POST", "/api/notifications/inbox/{id}/read", http => MarkRead(e => e.Id == http.RouteId("id")));
        routes.Map("POST", "/api/notifications/inbox/read-all", _ => MarkRead(_ => true));
    }

    private CommandAnswer MarkRead(Func<InboxEntry, bool> which)
    {
        for (var i = 0; i < Data.Inbox.Count; i++)
        {
            if (which(Data.Inbox[i]))
            {
                Data.Inbox[i] = Data.Inbox[i] with { ReadAt = TimeProvider.System.GetUtcNow() };
            }
        }

        return new CommandAnswer(1, NextPosition());
    }
}
