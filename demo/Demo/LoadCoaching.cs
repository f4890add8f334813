using System.Globalization;

namespace Performance.Demo;

/// <summary>Attendance, a ramp plan, goals, coaching sessions and the reps' own work logs.</summary>
internal sealed class LoadCoaching(DemoSettings settings, GatewayClient gateway, TimeProvider clock)
{
    private const int LoggedDays = 10;

    private DateOnly Today =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), settings.TimeZone).DateTime);

    public async Task RunAsync(IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
        await AttendanceAsync(supervisor, agents, cancel);
        await GoalsAsync(supervisor, agents, cancel);
        await SessionsAsync(supervisor, agents, cancel);
        await WorkLogsAsync(agents, cancel);
    }

    private async Task AttendanceAsync(
        Session supervisor, IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        var log = new DateOnly(2016, 2, 1);
        foreach (var (months, names) in ((IReadOnlyList<DateOnly>, IEnumerable<string>)[])
            [
                (Months(log, 4), Organisation.Resolvers.Keys),
                (Months(Today.AddMonths(-5), 6), Organisation.Reps.Select(rep => rep.Name))
            ])
        {
            foreach (var name in names)
            {
                foreach (var month in months)
                {
                    var missed = Chance.Of("attendance", name, month.DayNumber).Next(48) / 16.0;
                    var percent = 100 - (int)(missed * missed);
                    await supervisor.PutAsync(
                        $"api/coaching/attendance/{agents[name]}/{Month(month)}", new { percent }, cancel);
                }
            }
        }
    }

    private async Task GoalsAsync(
        Session supervisor, IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        const string From = "2024-01";
        foreach (var team in (string[])["titles-west", "titles-east"])
        {
            await Goal(team, new { metric = "payments", amount = 80_000, currency = "USD", from = From });
            await Goal(team, new { metric = "calls", amount = 380, from = From });
            await Goal(team, new { metric = "services", amount = 140, from = From });
            await Goal(team, new { metric = "complaints", amount = 60, from = From });
        }

        var agent = agents[Organisation.Agent.Name].ToString();
        await Goal(agent, new { metric = "payments", amount = 300_000, currency = "USD", from = From });
        await Goal(agent, new { metric = "payments", amount = 90_000, currency = "USD", from = "2025-01" });
        var newest = agents[Organisation.Reps[^1].Name];
        await supervisor.PutAsync(
            $"api/coaching/ramp/{newest}", new { hireMonth = Month(Today.AddMonths(-1)) }, cancel);

        Task Goal(string whose, object goal) => supervisor.PutAsync($"api/coaching/goals/{whose}", goal, cancel);
    }

    private async Task SessionsAsync(
        Session supervisor, IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        var recent = Month(Today.AddMonths(-1)) + "-15";
        const string notes = "Went through the returned work; agreed to check every form against the list.";
        var actionItem = new { text = "Use the checklist", owner = "agent" };
        foreach (var (name, date) in ((string, string)[])
            [
                ("Resolver 17", "2016-04-11"), ("Resolver 17", "2016-05-09"), ("Resolver 115", "2016-04-18"),
                (Organisation.Reps[6].Name, recent), (Organisation.Agent.Name, recent)
            ])
        {
            await supervisor.PostAsync(
                "api/coaching/sessions", new { agentId = agents[name], date, notes, actionItem },
                cancel, $"demo-session-{name}-{date}".Replace(' ', '-'));
        }
    }

    /// <summary>Everybody writes the own log.</summary>
    private async Task WorkLogsAsync(IReadOnlyDictionary<string, Guid> agents, CancellationToken cancel)
    {
        foreach (var rep in Organisation.Reps)
        {
            var self = gateway.SignIn(rep.UserName, settings.DemoPassword);
            foreach (var day in Enumerable.Range(1, LoggedDays * 7 / 5).Select(back => Today.AddDays(-back))
                .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
            {
                var random = Chance.Of("log", rep.UserName, day.DayNumber);
                var entries = Enumerable.Range(0, 13 + random.Next(9)).Select(n => new
                {
                    id = Id(rep, day, n),
                    accessId = $"VIN{day.DayNumber}{n:00}",
                    status = random.Happens(0.9) ? "Done" : "On hold",
                    client = random.Pick((string[])["Harbor Motors", "Blue Ridge Auto", "Mesa Trucks"]),
                    comments = ""
                });
                await self.PutAsync(
                    $"api/worklog/{agents[rep.Name]}/{day:yyyy-MM-dd}", new { notes = "", entries }, cancel);
            }
        }
    }

    private static Guid Id(Rep rep, DateOnly day, int n)
    {
        var bytes = new byte[16];
        Chance.Of("entry", rep.UserName, day.DayNumber, n).NextBytes(bytes);
        return new Guid(bytes);
    }

    private static List<DateOnly> Months(DateOnly from, int count) =>
        [.. Enumerable.Range(0, count).Select(n => from.AddMonths(n))];

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
