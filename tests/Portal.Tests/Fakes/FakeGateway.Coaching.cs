using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapCoaching(RouteTable routes)
    {
        routes.Map("PUT", "/api/coaching/attendance/{agent}/{month}", async http =>
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
        });
        routes.Map("GET", "/api/coaching/attendance/{agent}", http =>
        {
            var months = Data.Attendance.Where(a => a.Key.Item1 == http.RouteId("agent"))
                .Select(a => new AttendanceMonth(a.Key.Item2, a.Value, "supervisor")).ToList();
            return new PageOf<AttendanceMonth>(months, months.Count);
        });
    }
}
