using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    /// <summary>Somebody else disputes: the supervisors' inbox changes.</summary>
    public void Dispute(Dispute dispute)
    {
        Data.Disputes.Add(dispute);
        InboxLive.Tell("unread", "{}");
    }

    private void MapOverrides(RouteTable routes)
    {
        routes.Map("GET", "/api/tickets/disputes", DisputesFor);
        routes.Map("GET", "/api/tickets/overrides", TrailOf);
        routes.Map("GET", "/api/tickets/overrides/rates", http => RatesOf(http.Request.Query["month"]!));
        routes.Map("POST", "/api/tickets/{id}/dispute", DisputeAsync);
        routes.Map("POST", "/api/tickets/{id}/dispute/decide", DecideAsync);
    }

    private object DisputesFor(HttpContext http)
    {
        var open = http.Request.Query["state"] != "decided";
        var who = Who(http)!;
        var found = Data.Disputes.Where(d => d.Accepted is null == open)
            .Where(d => who.AgentId is null || d.AgentId == who.AgentId)
            .Select(d => d with { MayDecide = open && who.Roles.Any(r => r is "supervisor" or "admin") });
        Dispute[] sorted = [.. open ? found.OrderBy(d => d.RaisedAt) : found.OrderByDescending(d => d.DecidedAt)];
        var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
        return new PageOf<Dispute>([.. sorted.Skip((page - 1) * size).Take(size)], sorted.Length);
    }

    private static ExcuseRates RatesOf(string month) => month == "2026-01"
        ? new ExcuseRates(month, [], 0, 0, 0, null)
        : new ExcuseRates(
            month,
            [new("supervisor", 48, 6, 12.5m), new("lead", 31, 1, 100m / 31), new("former-lead", null, 2, null)],
            3, 79, 9, 900m / 79);

    private object TrailOf(HttpContext http)
    {
        var by = http.Request.Query["by"].ToString();
        OverrideLine[] found =
            [.. Data.Overrides.Where(o => by.Length == 0 || o.By == by).OrderByDescending(o => o.OccurredAt)];
        var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
        return new PageOf<OverrideLine>([.. found.Skip((page - 1) * size).Take(size)], found.Length);
    }

    private async Task<object?> DisputeAsync(HttpContext http)
    {
        var ticket = Find(http);
        var body = await http.BodyAsync<Excuse>();
        if (Data.Disputes.Any(d => d.Id == ticket.Id && d.Accepted is null))
        {
            return Results.Problem(statusCode: 409, title: "This is disputed already, and not yet decided.");
        }

        var labels = ticket.Rejections.Where(r => body.EventId is null || r.EventId == body.EventId)
            .Select(r => r.Label).Distinct().ToList();
        Dispute(new Dispute(
            Guid.NewGuid(), ticket.Id, ticket.ExternalId, $"{ticket.Type} for {ticket.State}", ticket.Agent,
            Data.NameOf(ticket.Agent), body.EventId, labels, body.Reason, Who(http)!.UserName,
            TimeProvider.System.GetUtcNow(), 0, null, null, null, null, false));
        return new CommandAnswer(++ticket.Version, NextPosition());
    }

    private async Task<object?> DecideAsync(HttpContext http)
    {
        var ticket = Find(http);
        var body = await http.BodyAsync<Decision>();
        if (body.Reason == "no")
        {
            return RequestReading.Invalid("reason", "is too short");
        }

        var i = Data.Disputes.FindIndex(d => d.DisputeId == body.EventId);
        Data.Disputes[i] = Data.Disputes[i] with
        {
            Accepted = body.Accept, DecidedBy = Who(http)!.UserName, DecisionReason = body.Reason,
            DecidedAt = TimeProvider.System.GetUtcNow()
        };
        ticket.Excused = ticket.Excused || body.Accept;
        Live.Tell("scorecard");
        return new CommandAnswer(++ticket.Version, NextPosition());
    }

    private string? DisputeOf(FakeTicket ticket, Guid rejection) =>
        Data.Disputes.LastOrDefault(d => d.Id == ticket.Id && d.EventId is var one && (one ?? rejection) == rejection)
            is not { } dispute ? null
        : dispute.Accepted switch { null => "open", true => "accepted", false => "declined" };
}
