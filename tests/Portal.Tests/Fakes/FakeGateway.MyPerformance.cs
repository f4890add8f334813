using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private const string Month = "2026-11";

    private static readonly (string Day, decimal Calls, decimal Payments, decimal Services, decimal Complaints)[] Week =
        [("Mon", 24, 15_240, 8, 5), ("Tue", 19, 12_180, 6, 3), ("Wed", 22, 18_940, 9, 4), ("Thu", 20, 14_560, 7, 4),
            ("Fri", 18, 13_280, 5, 2)];

    private void MapMyPerformance(RouteTable routes)
    {
        routes.Map(
            "GET", "/api/scoring/my", http =>
                Own(http, () => MonthOf(http.Request.Query["month"].FirstOrDefault() ?? Month)));
        routes.Map("GET", "/api/scoring/my/week", http => Own(http, WeekOf));
        routes.Map("GET", "/api/scoring/my/{metric}", http => Own(http, () => MetricOf(http.Route("metric"))));
    }

    private static object Own(HttpContext http, Func<object> answer) => Who(http)?.AgentId is null
        ? Results.Problem(statusCode: 403, title: "You have no representative's record of your own.")
        : answer();

    private MyMonth MonthOf(string month) => new(
        month, month == Month,
        [
            Card("payments", "USD", Data.Payments, 300_000, 271_800, month == Month ? 258_100 : null),
            Card("services", null, 156, 150, 161, month == Month ? 140 : null),
            Card("complaints", null, 89, null, 89, month == Month ? 92 : null),
            Card("calls", null, Data.Calls, 900, 610, month == Month ? 401 : null)
        ],
        [new MyYear(2026, [.. Enumerable.Range(1, 11).Select(m => $"2026-{m:D2}")]),
            new MyYear(2025, ["2025-11", "2025-12"])]);

    private static MyCard Card(
        string metric, string? currency, decimal value, decimal? goal, decimal previous, decimal? same)
    {
        var percent = value * 100 / goal;
        return new MyCard(
            metric, currency, value, goal, percent,
                percent is null ? null : percent >= 100 ? "met" : percent >= 75 ? "near" : "below",
            previous, Growth(value, previous), value > previous ? "up" : value < previous ? "down" : "flat",
            same, same is { } s ? Growth(value, s) : null, Days(metric, currency).ConvertAll(p => p.Value));
    }

    private static decimal? Growth(decimal now, decimal before) => before == 0 ? null : (now - before) * 100 / before;

    private static Dictionary<string, decimal> Dollars(decimal amount) => new() { ["USD"] = amount };

    private MyWeek WeekOf()
    {
        var monday = new DateOnly(2026, 11, 16);
        var extra = Data.Calls - 432;
        var rows = new List<MyDay>();
        var running = new MyFigures(0, 0, 0, Dollars(0));
        foreach (var (i, d) in Week.Index())
        {
            var calls = d.Calls + (i == 4 ? extra : 0);
            var figures = new MyFigures(calls, d.Services, d.Complaints, Dollars(d.Payments));
            running = new MyFigures(
                running.Calls + calls, running.Services + d.Services, running.Complaints + d.Complaints,
                Dollars(running.Payments["USD"] + d.Payments));
            var before = i == 0 ? null : rows[^1].Figures;
            rows.Add(new MyDay(monday.AddDays(i), d.Day, false, false, figures, running, before is null ? null :
                new Dictionary<string, decimal>
                {
                    ["calls"] = calls - before.Calls, ["services"] = d.Services - before.Services,
                    ["complaints"] = d.Complaints - before.Complaints,
                    ["payments USD"] = d.Payments - before.Payments["USD"]
                }));
        }

        return new MyWeek(
            monday, rows, running,
            new MyFigures(
                running.Calls / 5, running.Services / 5, running.Complaints / 5, Dollars(running.Payments["USD"] / 5)),
            5, [new MyMark("calls", monday, monday.AddDays(4)),
                new MyMark("payments USD", monday.AddDays(2), monday.AddDays(1))]);
    }

    private static List<MyPoint> Days(string metric, string? money)
    {
        var random = new Random(metric.Length);
        return [.. Enumerable.Range(1, 20).Select(d => new MyPoint(
            $"2026-11-{d:D2}", money is null ? 3 + random.Next(22) : 9_000 + random.Next(11_000)))];
    }

    private static MyMetric MetricOf(string metric)
    {
        var money = metric == "payments" ? "USD" : null;
        var random = new Random(metric.Length);
        var days = Days(metric, money);
        return new MyMetric(
            metric, Month, money, money is null ? [] : [money], days,
            metric is "services" or "complaints" ? [.. days.Select(d => d with { Value = Math.Floor(d.Value * 0.8m) })]
                : [],
            [.. Enumerable.Range(0, 12).Select(m => new MyPoint(
                new DateOnly(2025, 12, 1).AddMonths(m).ToString("yyyy-MM"),
                    money is null ? 90 + random.Next(90) : 210_000 + random.Next(90_000)))],
            metric switch
            {
                "payments" =>
                    [new("payments", 181, null), new("paymentsPerCall", 0.42m, null),
                        new("amountPerCall", 660.51m, money)],
                "services" => [new("raised", 156, null), new("completed", 131, null)],
                "complaints" =>
                    [new("registered", 89, null), new("resolved", 71, null), new("medianResolution", 18.4m, "h"),
                        new("p90Resolution", 51.9m, "h")],
                _ => [new("averageDuration", 312, "s"), new("peakHour", 10, "h")]
            },
            metric switch
            {
                "services" =>
                    [new MyShare("Meter exchange", 61, 0), new MyShare("Move-in", 54, 0),
                        new MyShare("Billing plan", 41, 0)],
                "complaints" =>
                    [new MyShare("Billing", 44, 0), new MyShare("Outage", 31, 0), new MyShare("Service", 14, 0)],
                "calls" => [.. Enumerable.Range(8, 10).Select(h => new MyShare($"{h:D2}", 20 + random.Next(40), 0))],
                _ => []
            });
    }
}
