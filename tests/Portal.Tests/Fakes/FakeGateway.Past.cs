using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

/// <summary>What was known then: tickets are known from their creation. Months that are closed.</summary>
internal sealed partial class FakeGateway
{
    private readonly Dictionary<string, ClosedMonth> _closed = new()
    {
        ["2026-08"] = new("2026-08", "admin", new(2026, 9, 3, 17, 0, 0, TimeSpan.Zero), 1, 18),
        ["2026-09"] = new("2026-09", "admin", new(2026, 10, 2, 16, 30, 0, TimeSpan.Zero), 1, 18)
    };

    private void MapPast(RouteTable routes)
    {
        routes.Map("GET", "/api/scoring/asof/differences", DifferencesOf);
        routes.Map("GET", "/api/scoring/months", _ => new MonthList(
            [.. _closed.Values.OrderByDescending(m => m.Month)], _closed.Count,
            [.. Enumerable.Range(1, 10).Reverse().Select(m => $"2026-{m:D2}").Where(m => !_closed.ContainsKey(m))]));
        routes.Map("GET", "/api/scoring/months/{month}/adjustments", http => AdjustmentsOf(http.Route("month")));
        routes.Map("POST", "/api/scoring/months/{month}/close", http =>
        {
            var month = http.Route("month");
            _closed[month] = new ClosedMonth(month, "admin", TimeProvider.System.GetUtcNow(), 1, 18);
            return new CommandAnswer(1, NextPosition());
        });
        routes.Map("POST", "/api/scoring/months/{month}/reopen", async http =>
        {
            var reason = (await http.BodyAsync<MonthReopening>()).Reason;
            if (reason.Trim().Length < 5)
            {
                return RequestReading.Invalid("reason", "is too short");
            }

            _closed.Remove(http.Route("month"));
            return new CommandAnswer(2, NextPosition());
        });
    }

    private object DifferencesOf(HttpContext http)
    {
        var asOf = DateTimeOffset.Parse(http.Request.Query["asOf"].ToString());
        var all = Scope(http).ToList();
        var items = new List<AgentDifference>();
        foreach (var (agent, name) in Data.Agents.Select(a => ((Guid?)a.Id, a.Name)).Append((null, "Unassigned")))
        {
            var now = all.Where(t => t.Agent == agent).ToList();
            var since = now.Where(t => t.Created > asOf).OrderByDescending(t => t.Created).ToList();
            if (since.Count > 0)
            {
                var then = now.Count == since.Count ? null : Row(agent, name, [.. now.Except(since)]);
                items.Add(new AgentDifference(
                    agent, name, then, Row(agent, name, now), Numbers(then, Row(agent, name, now), since)));
            }
        }

        return new Differences(items, items.Count, Data.Agents.Count + 1, 1, 1);
    }

    private static List<NumberDifference> Numbers(ScorecardRow? then, ScorecardRow now, List<FakeTicket> since)
    {
        var (before, after) = (Json(then), Json(now));
        return
        [
            .. after.Where(n => n.Value is null or JsonValue).Where(n => n.Key is not ("agentId" or "name" or "key"))
                .Where(n => before?[n.Key]?.ToJsonString() != n.Value?.ToJsonString())
                .Select(n => new NumberDifference(
                    n.Key, Element(before?[n.Key]), Element(n.Value), since.Count,
                    [
                        .. since.Take(50).Select(t => new PastEvent(
                            "opened", t.Status, t.Id, null, t.Created.AddDays(-1), t.Created))
                    ]))
        ];
    }

    private object AdjustmentsOf(string month) => !_closed.TryGetValue(month, out var closed)
        ? Results.Problem(statusCode: 404, title: $"{month} is not closed.")
        : month == "2026-08"
            ? new AdjustmentList([], 0, 0, month, closed.ClosedBy, closed.ClosedAt, 1, 1)
            : new AdjustmentList(
                [
                    new(Organisation.Jasmin, "Jasmin Reyes", "C", "B", 74.1m, 82.85m,
                        [
                            Adjusted("failedFirstPass", 3, 1), Adjusted("excused", 0, 2),
                            Adjusted("score", 74.1m, 82.85m)
                        ]),
                    new(Data.Agents[2].Id, Data.Agents[2].Name, "A", "A", 91m, 88m,
                        [Adjusted("attendance", 97, 91), Adjusted("score", 91, 88)])
                ], 2, 1, month, closed.ClosedBy, closed.ClosedAt, 1, 1);

    private static AdjustedNumber Adjusted(string name, decimal before, decimal after) =>
        new(name, JsonSerializer.SerializeToElement(before), JsonSerializer.SerializeToElement(after));

    private static JsonObject Json(ScorecardRow? row) =>
        row is null ? [] : JsonSerializer.SerializeToNode(row, RouteTable.Json)!.AsObject();

    private static JsonElement Element(JsonNode? node) => JsonSerializer.SerializeToElement(node);
}
