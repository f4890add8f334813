using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Deliveries;

/// <summary><c>POST deliveries/{id}/send-again</c>: another round for a message that failed or was skipped.</summary>
internal static class SendAgain
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/deliveries/{deliveryId}/send-again", (
            string deliveryId, HttpContext http, IDocumentStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var id = Input.Id("deliveryId", deliveryId);
            var by = CurrentUser.From(http.User).UserName;
            return CommandEndpoint.RunAsync<Delivery>(http, store, EventStoreId.Notifications, id,
                (state, session, _) =>
                {
                    var now = clock.GetUtcNow().ToUniversalTime();
                    var events = DeliveryRules.SendAgain(state, by, now);
                    if (events.Count > 0)
                    {
                        session.QueueSqlCommand(NotificationTables.Enqueue, id, now);
                    }

                    return ValueTask.FromResult(events);
                }, cancel);
        }).RequireAuthorization(Policies.Administration);
}
