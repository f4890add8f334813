using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private static readonly DateTimeOffset Submitted = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);

    private void MapTickets(RouteTable routes)
    {
        MapImports(routes);
        MapOverrides(routes);
        routes.Map("POST", "/api/tickets", async http => Results.Json(
            new { id = Guid.NewGuid(), number = "T-000042",
                subject = (await http.BodyAsync<JsonObject>())["subject"] }, statusCode: 201));
        routes.Map("GET", "/api/tickets", ListOf);
        routes.Map("GET", "/api/tickets/{id}", http => Full(Find(http)));
        routes.Map("GET", "/api/tickets/{id}/history", http => HistoryOf(Find(http)));
        routes.Map("POST", "/api/tickets/{id}/excuse", http => ExcuseAsync(http, true));
        routes.Map("POST", "/api/tickets/{id}/excuse/withdraw", http => ExcuseAsync(http, false));
        routes.Map("POST", "/api/tickets/{id}/assign", async http =>
        {
            var ticket = Find(http);
            ticket.Agent = (await http.BodyAsync<Assignment>()).AgentId;
            Live.Tell("scorecard");
            return new CommandAnswer(++ticket.Version, NextPosition());
        });
        MapWorkLog(routes);
    }

    private void MapWorkLog(RouteTable routes)
    {
        routes.Map("GET", "/api/worklog", http =>
        {
            var days = Data.Log.Values.Where(d => d.AgentId.ToString() == http.Request.Query["agentId"])
                .OrderByDescending(d => d.Date).ToList();
            return new PageOf<WorkDay>(days, days.Count);
        });
        routes.Map("GET", "/api/worklog/{agent}/{date}", http => Data.Log.GetValueOrDefault(
            (http.RouteId("agent"), http.Route("date")),
            new WorkDay(http.RouteId("agent"), DateOnly.Parse(http.Route("date")), null, [], 0)));
        routes.Map("PUT", "/api/worklog/{agent}/{date}", async http =>
        {
            var day = await http.BodyAsync<WorkDayChange>();
            var key = (http.RouteId("agent"), http.Route("date"));
            var version = (Data.Log.GetValueOrDefault(key)?.Version ?? 0) + 1;
            Data.Log[key] = new WorkDay(key.Item1, DateOnly.Parse(key.Item2), day.Notes, day.Entries, version);
            return new CommandAnswer(version, NextPosition());
        });
    }

    private FakeTicket Find(HttpContext http) => Data.Tickets.First(t => t.Id == http.RouteId("id"));

    private object ListOf(HttpContext http)
    {
        var search = http.Request.Query["search"].ToString();
        var (assignee, number) = (http.Request.Query["assignee"], http.Request.Query["ticketId"]);
        var found = Data.Tickets.Where(t => (assignee.Count == 0 || assignee.Contains(t.Agent?.ToString()))
            && (number.Count == 0 || number == t.ExternalId)
            && t.ExternalId.Contains(search, StringComparison.OrdinalIgnoreCase)).OrderByDescending(t => t.Created)
                .ToList();
        var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
        var shown = found.Skip((page - 1) * size).Take(size);
        return new PageOf<Ticket>([.. shown.Select(t => Full(t) with { Rejections = [] })], found.Count);
    }

    private Ticket Full(FakeTicket t) => new(
        t.Id, "clickup", t.ExternalId, "Imported", $"{t.Type} for {t.State}", t.Type, t.State, t.Status, t.Agent,
            t.Created,
        t.Closed ?? t.Created.AddDays(2), t.Version)
    {
        Rejections = [.. t.Rejections.Select(r => new TicketRejection(
            r.EventId, r.Label, r.At, t.Excused, DisputeOf(t, r.EventId)))]
    };

    private static PageOf<TicketEvent> HistoryOf(FakeTicket t)
    {
        TicketEvent Event(string type, DateTimeOffset at, string? by, object data) => new(
            Guid.NewGuid(), type, at, at, by,
            JsonSerializer.SerializeToElement(data, RouteTable.Json).EnumerateObject().ToDictionary(
                p => p.Name, p => p.Value));
        var events = new List<TicketEvent>
        {
            Event("ticket_imported", t.Created, null, new { source = "clickup", status = "Open", agentId = t.Agent }),
            Event("ticket_status_changed", t.Created.AddHours(20), null, new { from = "Open", to = "In Progress" })
        };
        events.AddRange(t.Rejections.Select(r => Event("ticket_rejected", r.At, null, new { label = r.Label })));
        if (t.Closed is { } closed)
        {
            events.Add(Event("ticket_status_changed", closed, null, new { from = "In Progress", to = t.Status }));
        }

        if (t.Excused)
        {
            events.Add(Event("ticket_excused", Submitted, t.ExcusedBy, new { reason = t.ExcuseReason }));
        }

        return new PageOf<TicketEvent>(events, events.Count);
    }

    private async Task<object?> ExcuseAsync(HttpContext http, bool excused)
    {
        var ticket = Find(http);
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
