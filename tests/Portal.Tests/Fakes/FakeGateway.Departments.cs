using System.Globalization;
using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    /// <summary>An admin's choice that has no team yet.</summary>
    public const string EmptyDepartment = "field-offices";

    private void MapDepartment(RouteTable routes)
    {
        Data.Departments.Add(new Department(EmptyDepartment, "Field offices"));
        routes.Map("GET", "/api/scoring/department", DepartmentOf);
    }

    private string TeamOf(Guid? agent) => Data.Agents.FirstOrDefault(a => a.Id == agent)?.TeamId ?? "";

    private object DepartmentOf(HttpContext http)
    {
        var department = Who(http)!.Department ?? http.Request.Query["department"].FirstOrDefault();
        var month = http.Request.Query["month"].FirstOrDefault() ?? Now.ToString("yyyy-MM");
        var agents = Data.Agents.Where(a => department is null or "operations").ToList();
        return new DepartmentFigures(
            department, month,
            [.. agents.GroupBy(a => a.TeamId).OrderBy(g => g.Key).Select(g => Figures(g.Key, [.. g], month))],
            Figures(null, agents, month), 25, 168) { Frozen = _closed.ContainsKey(month) };
    }

    private TeamFigures Figures(string? team, List<Agent> agents, string month)
    {
        var ids = agents.Select(a => (Guid?)a.Id).ToHashSet();
        var all = Data.Tickets.Where(t => ids.Contains(t.Agent)).ToList();
        List<FakeTicket> In(string of) => [.. all.Where(t => t.Created.ToString("yyyy-MM") == of)];
        var rows = agents.Select(a => Row(a.Id, a.Name, [.. In(month).Where(t => t.Agent == a.Id)]))
            .Where(r => r.Allocated > 0).ToList();
        var together = Row(null, "", In(month));
        var open = all.Where(t => t.Closed is null).ToList();
        int Graded(string? grade) => rows.Count(r => r.Grade == grade);
        var last = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new TeamFigures(
            team, agents.Count(a => a.Active), together.Allocated, together.FirstPass + together.FailedFirstPass,
            together.FailedFirstPass, together.Rejected, together.ReRejected, together.FailedFirstPassRate,
            together.RejectRate, together.ReRejectionRate, open.Count,
            open.Count(t => Now - t.Created > TimeSpan.FromDays(25)),
            open.Count(t => Now - Scored(t, null).HoldSince > TimeSpan.FromHours(168)),
            new GradeCounts(Graded("A"), Graded("B"), Graded("C"), Graded("D"), Graded(null)),
            Held(agents, month).Count,
            [
                .. rows.Where(r => r.Flags.Contains("coachingDue")).OrderByDescending(r => r.Grade)
                    .ThenByDescending(r => r.FailedFirstPassRate)
                    .Select(r => new AgentToCoach(
                        r.AgentId!.Value, r.Name, r.Grade!, r.FailedFirstPassRate,
                        Held([.. agents.Where(a => a.Id == r.AgentId)], month).Count))
            ],
            [
                .. agents.Where(a => a.Name == "Don Goodliffe")
                    .Select(a => new DecliningAgent(a.Id, a.Name, "2026-08"))
            ],
            [
                .. Enumerable.Range(-5, 6).Select(back => last.AddMonths(back).ToString("yyyy-MM")).Select(m =>
                    (Month: m, Row: Row(null, "", In(m))))
                    .Select(m => new TrendMonth(m.Month, m.Row.FailedFirstPassRate, m.Row.RejectRate))
            ]);
    }

    private List<CoachingSession> Held(IReadOnlyList<Agent> agents, string month) =>
    [
        .. Data.Sessions.Where(s => s.Date.ToString("yyyy-MM") == month && agents.Any(a => a.Id == s.AgentId))
    ];

    private object SessionsOf(HttpContext http)
    {
        var (month, teams) = (http.Request.Query["month"].ToString(), http.Request.Query["team"]);
        var held = Held([.. Data.Agents.Where(a => teams.Contains(a.TeamId))], month);
        return new PageOf<HeldSession>(
            [.. held.Select(s => new HeldSession(s.Id, s.AgentId, Data.NameOf(s.AgentId)!, s.Date, s.By ?? ""))],
            held.Count);
    }
}
