using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private long _position = 8000;

    public long NextPosition() => Interlocked.Add(ref _position, 8);

    private void MapScoring(RouteTable routes)
    {
        routes.Map("GET", "/api/scoring/stream", Live.ServeAsync);
        routes.Map("GET", "/api/scoring/filters", _ => new FilterChoices(
            [.. Enumerable.Range(1, 11).Reverse().Select(m => $"2026-{m:D2}")],
            [.. Enumerable.Range(30, 18).Reverse().Select(w => $"2026-W{w:D2}")],
            [.. Data.Agents.Select(a => new AssigneeChoice(a.Id, a.Name))],
            [.. Data.Tickets.Select(t => t.Type).Distinct().Order()],
                [.. Data.Tickets.Select(t => t.State).Distinct().Order()],
            [.. Data.Tickets.Select(t => t.Status).Distinct().Order()]));
        routes.Map("GET", "/api/scoring/scorecard", http => ScorecardOf(http));
        routes.Map("GET", "/api/scoring/scorecard/{agent}/tickets", TicketsOf);
        routes.Map("GET", "/api/scoring/agents/{agent}/grade", ReceiptOf);
    }

    private Scorecard ScorecardOf(HttpContext http)
    {
        var all = Scope(http).ToList();
        var groups = all.GroupBy(t => t.Agent).ToDictionary(g => g.Key ?? Guid.Empty, g => g.ToList());
        var rows = Data.Agents.Where(a => groups.ContainsKey(a.Id)).Select(a => Row(a.Id, a.Name, groups[a.Id]))
            .ToList();
        if (groups.TryGetValue(Guid.Empty, out var nobody))
        {
            rows.Add(Row(null, "Unassigned", nobody));
        }

        if (http.Request.Query["month"] is [{ } month] && _closed.ContainsKey(month))
        {
            rows = [.. rows.Select(row => row with { Frozen = true })];
        }

        var closed = all.Count(t => t.Closed is not null);
        var any = all.Count(t => t.Rejections.Count > 0);
        var left = all.Count(t => t.Counting > 0);
        return new Scorecard(
            new ScorecardKpis(all.Count, closed, Percent(closed, all.Count), 6.3m, any, Percent(any, all.Count))
            {
                RejectedAfterExcuses = left, ErrorDensityAfterExcuses = Percent(left, all.Count)
            },
            rows, NextPosition(), TimeProvider.System.GetUtcNow())
        {
            Limits = Limits
        };
    }

    /// <summary>What the policy in force flags.</summary>
    public ScorecardLimits Limits { get; set; } = new(5, 5, ["C", "D"]);

    private ScorecardRow Row(Guid? id, string name, List<FakeTicket> tickets)
    {
        var first = tickets.Count(t => t.Closed is not null && t.Rejections.Count == 0);
        var failed = tickets.Count(t => t.Closed is not null && t.Counting > 0);
        var rejected = tickets.Count(t => t.Counting > 0);
        var again = tickets.Count(t => t.Counting > 1);
        var failedRate = Percent(failed, first + failed);
        var golden = id == Organisation.Jasmin;
        decimal? attendance = id is null || name[0] == 'O' ? null : Data.Attendance.GetValueOrDefault(
            (id.Value, "2026-10"), 96);
        var start = failedRate switch { null => null, <= 3 => "A", <= 6.5m => "B", <= 10 => "C", _ => "D" };
        var drop = attendance switch { null or >= 95 => 0, >= 85 => 1, _ => 2 };
        var grade = start is null ? null : ((char)Math.Min('D', start[0] + drop)).ToString();
        var score = golden ? 82.85m : 60 + (name.Length * 2.1m);
        var rejectRate = Percent(rejected, tickets.Count);
        var row = new ScorecardRow(
            id, name, tickets.Count, first, failed, tickets.Count(t => t.Excused), Percent(first, tickets.Count),
                failedRate,
            Mean(tickets.Where(t => t.Closed is not null).Select(
                t => (decimal)(t.Closed!.Value - t.Created).TotalDays)), 1.4m,
            tickets.Count(t => t.Status == "On Hold"), rejected, tickets.Sum(t => t.Counting), again, rejectRate,
            Percent(again, tickets.Count), attendance, id is null ? null : golden ? 17.7m : 14 + (name.Length % 8),
                id is null ? null : 20,
            id is null ? 0 : name.Length % 4, id is null ? null : Math.Min(99, score),
                id is null ? null : attendance is null ? 90 : 100,
            id is null || attendance is null ? null : score >= 95 ? "A" : score >= 85 ? "B" : score >= 75 ? "C" : "D",
            id is null ? null : start, id is null ? null : grade, id is null ? null : drop,
            id is not null && attendance is null ? "Attendance not recorded: no modifier" : null);
        return row with { Closed = tickets.Count(t => t.Closed is not null), Flags = [.. FlagsOf(row)] };
    }

    private static IEnumerable<string> FlagsOf(ScorecardRow row)
    {
        if (row.RejectRate > 5)
        {
            yield return "rejectRateFails";
        }

        if (row.ReRejectionRate > 5)
        {
            yield return "reRejectionFails";
        }

        if (row.Grade is "C" or "D")
        {
            yield return "coachingDue";
        }
    }

    private object TicketsOf(HttpContext http)
    {
        if (http.Request.Query["measure"] == "coachingSessions")
        {
            return SessionsOf(http);
        }

        var whose = http.Route("agent");
        var measure = http.Request.Query["measure"].ToString();
        var labels = http.Request.Query["label"];
        var found = Scope(http)
            .Where(t => whose == "all" || (whose == "unassigned" ? t.Agent is null : t.Agent == Guid.Parse(whose)))
            .Where(t => measure switch
            {
                "allocated" => true,
                "processed" => t.Closed is not null,
                "closed" => t.Closed is not null,
                "onHold" => t.Status == "On Hold",
                "firstPass" => t.Closed is not null && t.Rejections.Count == 0,
                "failedFirstPass" => t.Closed is not null && t.Counting > 0,
                "rejected" or "rejectEvents" => t.Counting > 0,
                "rejectedTickets" => t.Counting > 0 && t.Rejections.Any(r => labels.Contains(r.Label)),
                "reRejected" => t.Counting > 1,
                "excused" => t.Excused,
                _ => t.Rejections.Count > 0
            })
            .Where(t => http.Request.Query["touched"] is not [var day] || t.Days.Contains(day))
            .Where(t => http.Request.Query["createdIn"] is not [var month] || $"{t.Created:yyyy-MM}" == month)
            .Where(t => http.Request.Query["asOf"] is not [{ } asOf] || t.Created <= DateTimeOffset.Parse(asOf))
            .SelectMany(t => measure == "rejectEvents"
                ? t.Rejections.Where(r => labels.Count == 0 || labels.Contains(r.Label)).Select(r => Scored(t, r))
                : [Scored(t, null)])
            .ToList();
        var (page, size) = (http.Query("page", 1), http.Query("pageSize", 50));
        return new PageOf<ScoredTicket>([.. found.Skip((page - 1) * size).Take(size)], found.Count);
    }

    private ScoredTicket Scored(FakeTicket t, FakeRejection? r) => new(
        t.Id, t.ExternalId, $"{t.Type} for {t.State}", t.Type, t.State, t.Status, t.Agent, Data.NameOf(t.Agent),
            t.Created, t.Closed)
    {
        EventId = r?.EventId, Label = r?.Label, At = r?.At, Excused = t.Excused,
        HoldSince = t.Status == "On Hold" ? t.Created.AddHours(30) : null,
        RejectionEvents = [.. t.Rejections.Select(x => new ScoredRejection(x.EventId, x.Label, x.At, t.Excused))]
    };

    private object ReceiptOf(HttpContext http)
    {
        var agent = http.RouteId("agent");
        var tickets = Scope(http).Where(t => t.Agent == agent).ToList();
        var row = Row(agent, Data.NameOf(agent)!, tickets);
        return new GradeReceipt(
            row.Grade, row.BaseGrade, row.Drop, row.Score, row.ScoreBand, 1,
            [
                new("firstPassRate", 97.6m, ">= 95", 30, 40), new("reRejectionRate", 0.5m, "<= 1", 15, 15),
                new("rejectRate", 1.7m, "<= 2", 25, 25), new("attendance", 89, ">= 85", 4, 10),
                new("productivity", 17.7m, "88.5 % of target", 8.85m, 10)
            ],
            [.. tickets.Where(t => t.Counting > 0).SelectMany(Counted)],
            [new("Attendance of 95 % or more", "grade A"),
                new("Attendance of 95 % or more", "4 more points, score band B")])
        { MeasuredMax = 100, GradeNote = row.GradeNote, Inputs = row };
    }

    /// <summary>Each rejection is an event; the latest settles what the ticket counts as.</summary>
    private static IEnumerable<ReceiptEvent> Counted(FakeTicket ticket)
    {
        var last = ticket.Rejections[^1].EventId;
        string[] settled = ticket.Closed is null ? ["rejected"] : ["rejected", "failedFirstPass"];
        return ticket.Rejections.Select(r => new ReceiptEvent("rejectEvents", ticket.Id, r.EventId))
            .Concat(settled.Select(measure => new ReceiptEvent(measure, ticket.Id, last)));
    }

    private IEnumerable<FakeTicket> Scope(HttpContext http)
    {
        var query = http.Request.Query;
        bool In(string name, string? value) => query[name].Count == 0 || query[name].Contains(value);
        return Data.Tickets.Where(
            t => In("month", t.Created.ToString("yyyy-MM")) && In("type", t.Type) && In("state", t.State)
            && In("status", t.Status) && In("assignee", t.Agent?.ToString()) && In("team", TeamOf(t.Agent)) && In(
                "day", t.Created.DayOfWeek.ToString()[..3]));
    }

    private static decimal? Percent(int part, int whole) => whole == 0 ? null : part * 100m / whole;

    private static decimal? Mean(IEnumerable<decimal> values) => values.Any() ? values.Average() : null;
}
