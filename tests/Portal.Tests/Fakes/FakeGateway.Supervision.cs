using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    /// <summary>Months of somebody who gets worse, by the number of the month.</summary>
    private static readonly Dictionary<int, (decimal Rate, string Grade)> Worse = new()
    {
        [7] = (1.2m, "A"), [8] = (4.4m, "B"), [9] = (8.3m, "C"), [10] = (12.5m, "D")
    };

    private void MapSupervision(RouteTable routes)
    {
        routes.Map("GET", "/api/scoring/pipeline", PipelineOf);
        routes.Map("GET", "/api/scoring/rejections", RejectionsOf);
        routes.Map("GET", "/api/scoring/history", HistoryOfYear);
        routes.Map("GET", "/api/scoring/coaching-due", _ => DueNow());
        MapWorkDays(routes);
    }

    private CoachingDue DueNow()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(
            TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")).DateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var month = today.ToString("yyyy-MM");
        var rows = Data.Tickets.Where(t => t.Agent is not null && t.Created.ToString("yyyy-MM") == month)
            .GroupBy(t => t.Agent!.Value).Select(g => Row(g.Key, Data.NameOf(g.Key)!, [.. g]));
        return new CoachingDue(month,
        [
            .. rows.Where(r => r.Flags.Contains(CoachingDue.Flag)).Select(r =>
            {
                var held = Data.Sessions.Where(s => s.AgentId == r.AgentId).Select(s => (DateOnly?)s.Date).Max();
                return new DueAgent(r, held, held >= monday);
            }).OrderBy(a => a.Talked).ThenByDescending(a => a.Row.Grade).ThenBy(a => a.Row.Name)
        ]);
    }

    private object PipelineOf(HttpContext http)
    {
        var search = http.Request.Query["search"].ToString();
        var found = Scope(http).Where(t => t.Closed is null
                && t.ExternalId.Contains(search, StringComparison.OrdinalIgnoreCase))
            .OrderBy(t => t.Created).ThenBy(t => t.Id).ToList();
        var sort = http.Request.Query["sort"].ToString();
        var down = bool.TryParse(http.Request.Query["desc"], out var flag) && flag;
        found = sort is "" or "daysSinceCreated"
            ? down || sort.Length == 0 ? found : [.. found.AsEnumerable().Reverse()]
            : down ? [.. found.OrderByDescending(t => Sorted(t, sort))] : [.. found.OrderBy(t => Sorted(t, sort))];
        var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
        return new PageOf<PipelineTicket>(
            [.. found.Skip((page - 1) * size).Take(size).Select(Open)], found.Count);
    }

    private string? Sorted(FakeTicket ticket, string column) => column switch
    {
        "status" => ticket.Status,
        "agentName" => Data.NameOf(ticket.Agent),
        "externalId" => ticket.ExternalId,
        _ => throw new ArgumentException($"The made-up pipeline is not sorted by {column}.")
    };

    private PipelineTicket Open(FakeTicket ticket)
    {
        var item = Scored(ticket, null);
        var days = (decimal)(Now - ticket.Created).TotalDays;
        return new PipelineTicket(
            item, days, days > 25 ? "red" : days > 10 ? "amber" : "fresh",
            item.HoldSince is { } since ? (decimal)(Now - since).TotalHours : null);
    }

    private RejectionAnalysis RejectionsOf(HttpContext http)
    {
        var events = Scope(http).Where(t => t.Counting > 0)
            .SelectMany(t => t.Rejections.Select(r => (Ticket: t, r.Label))).ToList();
        static string Key(FakeTicket ticket) => ticket.Agent?.ToString() ?? IScoringApi.Unassigned;
        var categories = events.GroupBy(e => CategoryOf(e.Label)).Select(g =>
        {
            var share = g.Count() * 100m / events.Count;
            return new DefectCategory(
                g.Key, g.Count(), g.Select(e => e.Ticket.Id).Distinct().Count(), share,
                share > 25 ? "Critical bottleneck" : share >= 10 ? "Medium variance" : "Low exposure",
                [.. g.CountBy(e => e.Label).Select(l => new LabelCount(l.Key, l.Value))],
                g.CountBy(e => Key(e.Ticket)).ToDictionary(c => c.Key, c => (long)c.Value),
                g.CountBy(e => e.Ticket.Created.ToString("yyyy-MM")).ToDictionary(c => c.Key, c => (long)c.Value));
        });
        var agents = events.GroupBy(e => e.Ticket.Agent).Select(g => new RejectedAgent(
            Key(g.First().Ticket), g.Key, Data.NameOf(g.Key) ?? "Unassigned", g.Count()));
        return new RejectionAnalysis(
            events.Count, [.. categories.OrderByDescending(c => c.Events).ThenBy(c => c.Category)],
            [.. agents.OrderBy(a => a.AgentId is null).ThenByDescending(a => a.Events).ThenBy(a => a.Name)]);
    }

    private GradeHistory HistoryOfYear(HttpContext http)
    {
        var year = http.Query("year", Now.Year);
        var tickets = Scope(http).Where(t => t.Created.Year == year).ToLookup(t => t.Agent);
        return new GradeHistory(
            year,
            [
                .. Data.Agents.Where(a => tickets.Contains(a.Id)).OrderBy(a => a.Name)
                    .Select(a => YearOf(a, [.. tickets[a.Id]]))
            ],
            [2025, 2026]);
    }

    private HistoryAgent YearOf(Agent agent, List<FakeTicket> tickets)
    {
        var worse = agent.Name == "Don Goodliffe";
        var joined = agent.Name == "Quentin Blake" ? 4 : 1;
        var months = tickets.Where(t => t.Created.Month >= joined).GroupBy(t => t.Created.Month).OrderBy(g => g.Key)
            .Select(g => MonthOf(agent, g.Key, [.. g], worse)).ToList();
        return new HistoryAgent(agent.Id, agent.Name, months, worse, worse ? "2026-08" : null);
    }

    private HistoryMonth MonthOf(Agent agent, int month, List<FakeTicket> tickets, bool worse)
    {
        var row = Row(agent.Id, agent.Name, tickets);
        var (rate, grade) = worse && Worse.TryGetValue(month, out var bad)
            ? bad : (row.FailedFirstPassRate, row.Grade);
        return new HistoryMonth(
            $"{tickets[0].Created.Year}-{month:00}", row.Allocated, grade, worse ? grade : row.BaseGrade,
            row.GradeNote, rate, row.Attendance, row.Score, row.MeasuredMax, row.ScoreBand, worse ? 0 : row.Drop)
        {
            Frozen = month < 8
        };
    }
}
