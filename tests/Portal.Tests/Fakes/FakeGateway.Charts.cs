using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapCharts(RouteTable routes)
    {
        routes.Map("GET", "/api/scoring/charts/causes", http => Scope(http).Where(t => !t.Excused)
            .SelectMany(t => t.Rejections).GroupBy(r => r.Label)
            .Select(g => new ChartBar(g.Key, g.Key, g.Count())).OrderByDescending(b => b.Count).Take(5));
        routes.Map("GET", "/api/scoring/charts/pulse", http => Scope(http).SelectMany(t => t.Days).GroupBy(day => day)
            .Select(g => new ChartBar(g.Key, $"{DateOnly.Parse(g.Key):ddd, MMM d}", g.Count()))
            .OrderByDescending(b => b.Key).Take(20).Reverse());
        routes.Map("GET", "/api/scoring/escalations", EscalationsOf);
    }

    private object EscalationsOf(HttpContext http)
    {
        var open = Scope(http).Where(t => t.Closed is null).OrderBy(t => t.Created).ToList();
        PageOf<PipelineTicket> Page(Func<FakeTicket, bool> which)
        {
            var found = open.Where(which).ToList();
            var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
            return new([.. found.Skip((page - 1) * size).Take(size).Select(Open)], found.Count);
        }

        return new Escalations(
            Page(t => Now - t.Created > TimeSpan.FromDays(25)),
            Page(t => Now - Scored(t, null).HoldSince > TimeSpan.FromHours(168)), 25, 168, Now);
    }
}
