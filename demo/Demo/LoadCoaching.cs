using System.Globalization;
using System.Text.Json.Nodes;

namespace Performance.Demo;

/// <summary>Attendance, a ramp plan, goals and the reps' own work logs.</summary>
internal sealed class LoadCoaching(DemoSettings settings, GatewayClient gateway)
{
    private const int LoggedDays = 10;

    /// <returns>The positions of the last attendance and the last log: what came before them counts by then.</returns>
    public async Task<IReadOnlyList<long>> RunAsync(
        IReadOnlyDictionary<string, Guid> agents, DateOnly today, CancellationToken cancel)
    {
        var supervisor = gateway.SignIn("supervisor", settings.DemoPassword);
        await GoalsAsync(supervisor, agents, today, cancel);
        return
        [
            await AttendanceAsync(supervisor, agents, today, cancel), await WorkLogsAsync(agents, today, cancel)
        ];
    }

    private static async Task<long> AttendanceAsync(
        Session supervisor, IReadOnlyDictionary<string, Guid> agents, DateOnly today, CancellationToken cancel)
    {
        JsonNode? answer = null;
        var log = new DateOnly(2016, 2, 1);
        foreach (var (months, names) in ((IReadOnlyList<DateOnly>, IEnumerable<string>)[])
            [
                (Months(log, 4), Organisation.Resolvers.Keys),
                (Months(today.AddMonths(-5), 6), Organisation.Reps.Select(rep => rep.Name))
            ])
        {
            foreach (var name in names)
            {
                foreach (var month in months)
                {
                    var missed = Chance.Of("attendance", name, month.DayNumber).Next(48) / 16.0;
                    var percent = 100 - (int)(missed * missed);
                    answer = await supervisor.PutAsync(
                        $"api/coaching/attendance/{agents[name]}/{Month(month)}", new { percent }, cancel);
                }
            }
        }

        return answer!["position"]!.GetValue<long>();
    }

    private static async Task GoalsAsync(
        Session supervisor, IReadOnlyDictionary<string, Guid> agents, DateOnly today, CancellationToken cancel)
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
            $"api/coaching/ramp/{newest}", new { hireMonth = Month(today.AddMonths(-1)) }, cancel);

        Task Goal(string whose, object goal) => supervisor.PutAsync($"api/coaching/goals/{whose}", goal, cancel);
    }

    /// <summary>Everybody writes the own log.</summary>
    private async Task<long> WorkLogsAsync(
        IReadOnlyDictionary<string, Guid> agents, DateOnly today, CancellationToken cancel)
    {
        JsonNode? answer = null;
        foreach (var rep in Organisation.Reps)
        {
            var self = gateway.SignIn(rep.UserName, settings.DemoPassword);
            foreach (var day in Enumerable.Range(1, LoggedDays * 7 / 5).Select(back => today.AddDays(-back))
                .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
            {
                var random = Chance.Of("log", rep.UserName, day.DayNumber);
                var entries = Enumerable.Range(0, 13 + random.Next(9)).Select(n => new
                {
                    id = Chance.Id("entry", rep.UserName, day.DayNumber, n),
                    accessId = $"VIN{day.DayNumber}{n:00}",
                    status = random.Happens(0.9) ? "Done" : "On hold",
                    client = random.Pick((string[])["Harbor Motors", "Blue Ridge Auto", "Mesa Trucks"]),
                    comments = ""
                });
                answer = await self.PutAsync(
                    $"api/worklog/{agents[rep.Name]}/{day:yyyy-MM-dd}", new { notes = "", entries }, cancel);
            }
        }

        return answer!["position"]!.GetValue<long>();
    }

    private static List<DateOnly> Months(DateOnly from, int count) =>
        [.. Enumerable.Range(0, count).Select(n => from.AddMonths(n))];

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
