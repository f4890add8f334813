using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapNotifications(RouteTable routes)
    {
        routes.Map("GET", "/api/notifications/inbox", _ =>
            new Inbox(Data.Inbox, Data.Inbox.Count, Data.Inbox.Count(e => !e.Read)));
        routes.Map("POST", "/api/notifications/inbox/{id}/read", http =>
        {
            MarkRead(e => e.Id == http.RouteId("id"));
            return Results.NoContent();
        });
        routes.Map("POST", "/api/notifications/inbox/read", _ =>
        {
            MarkRead(_ => true);
            return Results.NoContent();
        });
    }

    private void MarkRead(Func<InboxEntry, bool> which)
    {
        for (var i = 0; i < Data.Inbox.Count; i++)
        {
            if (which(Data.Inbox[i]))
            {
                Data.Inbox[i] = Data.Inbox[i] with { Read = true };
            }
        }
    }
}
