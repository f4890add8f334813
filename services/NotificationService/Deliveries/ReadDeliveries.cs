using Marten;
using Performance.Notifications.Email;
using Performance.Notifications.Templates;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Deliveries;

/// <summary>
/// <c>GET deliveries?state=&amp;agentId=</c>: the outbox, newest first; <c>GET deliveries/{id}</c> also shows the
/// message.
/// </summary>
internal static class ReadDeliveries
{
    internal sealed record Row(Delivery Delivery, string? Recipient);

    internal sealed record Page(IReadOnlyList<Row> Items, int Total);

    internal sealed record Detail(Delivery Delivery, string? Recipient, RenderedMessage Message);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/deliveries", async (
            string? state, string? agentId, string? page, string? pageSize, IQuerySession session,
            Recipients recipients, CancellationToken cancel) =>
        {
            var (skip, take) = Input.Page(page, pageSize);
            IQueryable<Delivery> found = session.Query<Delivery>();
            if (State(state) is { } wanted)
            {
                found = found.Where(d => d.State == wanted);
            }

            if (Input.OptionalId("agentId", agentId) is { } agent)
            {
                found = found.Where(d => d.AgentId == agent);
            }

            var total = await found.CountAsync(cancel);
            var deliveries = await found.OrderByDescending(d => d.QueuedAt).Skip(skip).Take(take).ToListAsync(cancel);
            var rows = new List<Row>();
            foreach (var delivery in deliveries)
            {
                rows.Add(new Row(delivery, (await recipients.RootAsync(delivery.AgentId, cancel))?.Name));
            }

            return Results.Ok(new Page(rows, total));
        }).RequireAuthorization(Policies.Administration).Produces<Page>();

        group.MapGet("/deliveries/{deliveryId}", async (
            string deliveryId, IQuerySession session, Recipients recipients, MailComposer composer,
            CancellationToken cancel) =>
        {
            var delivery = await session.LoadAsync<Delivery>(Input.Id("deliveryId", deliveryId), cancel)
                ?? throw new NotFoundException("There is no such delivery.");
            var name = (await recipients.RootAsync(delivery.AgentId, cancel))?.Name;
            var message = await composer.RenderAsync(delivery, name ?? "", cancel);
            return Results.Ok(new Detail(delivery, name, message));
        }).RequireAuthorization(Policies.Administration).Produces<Detail>();
    }

    private static DeliveryState? State(string? value) =>
        string.IsNullOrEmpty(value) ? null
        : Enum.GetNames<DeliveryState>().Contains(value) ? Enum.Parse<DeliveryState>(value)
        : throw new InvalidFieldException("state", "is none of " + string.Join(", ", Enum.GetNames<DeliveryState>()));
}
