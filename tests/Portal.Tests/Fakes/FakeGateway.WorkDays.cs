using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private const decimal Target = 20;

    private void MapWorkDays(RouteTable routes)
    {
        foreach (var (agent, at) in Data.Agents.Skip(5).Take(6).Select((agent, at) => (agent, at)))
        {
            for (var day = 2; day <= 20; day++)
            {
                var date = new DateOnly(2026, 11, day);
                if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (day + at) % 7 != 0)
                {
                    var entries = Enumerable.Range(1, 11 + (((day * 3) + (at * 5)) % 13)).Select(n => new WorkEntry(
                        $"{n}", $"1FTEW1EP{day:00}{at}{n:000}", "Done", "Harbor Motors", n == 1 ? "Second try" : null));
                    Log(agent.Id, date, day == 12 ? "Half a day at the county's counter." : null, [.. entries]);
                }
            }
        }

        routes.Map("GET", "/api/scoring/work-days", http => new WorkDays(
        [
            .. Data.Agents.Where(a => http.Request.Query["assignee"].Count == 0
                    || http.Request.Query["assignee"].Contains(a.Id.ToString()))
                .OrderBy(a => a.Name).Select(a => DaysOf(a, http))
        ]));
    }

    /// <summary>An agent writes a day.</summary>
    public void Log(Guid agent, DateOnly date, string? notes, IReadOnlyList<WorkEntry> entries) =>
        Data.Log[(agent, date.ToString("yyyy-MM-dd"))] = new WorkDay(agent, date, notes, entries, 1);

    private WorkDaysOfAgent DaysOf(Agent agent, HttpContext http)
    {
        var months = http.Request.Query["month"];
        var days = Data.Log.Values.Where(d => d.AgentId == agent.Id)
            .Where(d => months.Count == 0 || months.Contains(d.Date.ToString("yyyy-MM"))).OrderBy(d => d.Date)
            .Select(d => new WorkDayCount(d.Date, d.Entries.Count, Target)).ToList();
        return new WorkDaysOfAgent(
            agent.Id, agent.Name, days.Count == 0 ? null : days.Average(d => (decimal)d.Entries),
            days.Count == 0 ? null : Target, days.Sum(d => d.Entries), days);
    }
}
