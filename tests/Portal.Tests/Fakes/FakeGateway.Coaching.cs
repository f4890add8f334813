using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapCoaching(RouteTable routes)
    {
        MapDirectory(routes);
        routes.Map("PUT", "/api/coaching/attendance/{agent}/{month}", SetAttendanceAsync);
        routes.Map("GET", "/api/coaching/attendance/{agent}", http =>
        {
            var months = Data.Attendance.Where(a => a.Key.Item1 == http.RouteId("agent"))
                .Select(a => new AttendanceMonth(a.Key.Item2, a.Value, "supervisor")).ToList();
            return new PageOf<AttendanceMonth>(months, months.Count);
        });
        routes.Map("GET", "/api/coaching/ramp/{agent}", http => new RampPlan(
            http.RouteId("agent"), Data.Ramp.GetValueOrDefault(http.RouteId("agent")), null));
        routes.Map("PUT", "/api/coaching/ramp/{agent}", async http =>
        {
            Data.Ramp[http.RouteId("agent")] = (await http.BodyAsync<RampChange>()).HireMonth;
            return new CommandAnswer(1, NextPosition());
        });
        routes.Map("GET", "/api/coaching/goals/{owner}", http =>
        {
            var goals = Data.Goals.GetValueOrDefault(http.Route("owner"), []);
            return new PageOf<Goal>(goals, goals.Count);
        });
        routes.Map("PUT", "/api/coaching/goals/{owner}", async http =>
        {
            if (!Data.Goals.TryGetValue(http.Route("owner"), out var goals))
            {
                Data.Goals[http.Route("owner")] = goals = [];
            }

            goals.Add(await http.BodyAsync<Goal>());
            return new CommandAnswer(goals.Count, NextPosition());
        });
    }

    private void MapDirectory(RouteTable routes)
    {
        routes.Map("GET", "/api/coaching/agents", http => http.Request.Query["unassigned"].Count > 0
            ? new PageOf<Agent>(
                [new(new Guid("11111111-0000-4000-8000-0000000000aa"), "J. Reyes", null, null, null, null, true,
                    null)], 1)
            : new PageOf<Agent>(Data.Agents, Data.Agents.Count));
        routes.Map("POST", "/api/coaching/agents", async http =>
        {
            var a = await http.BodyAsync<AgentChange>();
            Data.Agents.Add(new Agent(Guid.NewGuid(), a.Name, a.Email, a.TeamId, null, a.Country, true, null));
            return new CommandAnswer(1, NextPosition());
        });
        routes.Map("PUT", "/api/coaching/agents/{id}", async http =>
        {
            var a = await http.BodyAsync<AgentChange>();
            var at = Data.Agents.FindIndex(x => x.Id == http.RouteId("id"));
            Data.Agents[at] = Data.Agents[at]
                with { Name = a.Name, Email = a.Email, TeamId = a.TeamId, Country = a.Country,
                    Active = a.Active ?? true };
            return new CommandAnswer(2, NextPosition());
        });
        routes.Map("POST", "/api/coaching/agents/merge", _ => new CommandAnswer(1, NextPosition()));
        routes.Map("GET", "/api/coaching/teams", _ => new PageOf<Team>(Data.Teams, Data.Teams.Count));
        routes.Map("PUT", "/api/coaching/teams/{id}", async http =>
        {
            var t = await http.BodyAsync<TeamChange>();
            Data.Teams.RemoveAll(x => x.Id == http.Route("id"));
            Data.Teams.Add(new Team(http.Route("id"), t.Name, t.DepartmentId, t.Distributes));
            return new CommandAnswer(1, NextPosition());
        });
        routes.Map(
            "GET", "/api/coaching/departments", _ => new PageOf<Department>(Data.Departments, Data.Departments.Count));
        routes.Map("PUT", "/api/coaching/departments/{id}", async http =>
        {
            Data.Departments.Add(new Department(http.Route("id"), (await http.BodyAsync<DepartmentChange>()).Name));
            return new CommandAnswer(1, NextPosition());
        });
    }

    private async Task<object?> SetAttendanceAsync(HttpContext http)
    {
        var change = await http.BodyAsync<AttendanceChange>();
        if (change.Percent is < 0 or > 100)
        {
            return RequestReading.Invalid("percent", "is not between 0 and 100");
        }

        var key = (http.RouteId("agent"), http.Route("month"));
        if (change.Percent is { } percent)
        {
            Data.Attendance[key] = percent;
        }
        else
        {
            Data.Attendance.Remove(key);
        }

        Live.Tell("scorecard");
        return new CommandAnswer(1, NextPosition());
    }
}
