using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapTickets(RouteTable routes)
    {
        routes.Map("POST", "/api/tickets/{id}/excuse", http => ExcuseAsync(http, true));
        routes.Map("POST", "/api/tickets/{id}/excuse/withdraw", http => ExcuseAsync(http, false));
    }

    private async Task<object?> ExcuseAsync(HttpContext http, bool excused)
    {
        var ticket = Data.Tickets.First(t => t.Id == http.RouteId("id"));
        var body = await http.BodyAsync<Excuse>();
        if (body.Reason == "no")
        {
            return RequestReading.Invalid("reason", "is too short");
        }

        (ticket.Excused, ticket.ExcuseReason, ticket.ExcusedBy) = (excused, body.Reason, Who(http)?.UserName);
        Live.Tell("scorecard");
        return new CommandAnswer(++ticket.Version, NextPosition());
    }
}
