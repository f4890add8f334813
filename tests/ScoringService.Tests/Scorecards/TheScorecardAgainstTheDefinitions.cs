using System.Text.Json.Nodes;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>
/// A few hundred random tickets: every number of the scorecard, under every filter, is what a naive recomputation from
/// the events gives, and every list is as long as its number.
/// </summary>
public sealed class TheScorecardAgainstTheDefinitions(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly string[] Measures =
    [
        "allocated", "closed", "firstPass", "failedFirstPass", "excused", "onHold", "rejected", "rejectEvents",
        "reRejected", "coachingSessions"
    ];

    private static readonly BusinessZone Zone = BusinessZone.Of("America/Los_Angeles");

    private static readonly Story[] Tickets = [.. Enumerable.Range(1, 400).Select(seed => Stories.Of(seed))];

    public static TheoryData<string> Filters =>
    [
        "", "?month=2024-03", "?month=2024-03&month=2024-04&day=Mon&day=Tue", "?week=2024-W10", "?type=Title&state=CA",
        "?type=", "?status=Closed&status=On%20Hold", $"?assignee={Stories.Agents[0]}&assignee=unassigned",
        "?coached=true", "?status=never-met", "?month=2024-02&week=2024-W07&day=Sun&type=Lien&state=NV"
    ];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Numbers_and_lists_agree_with_the_events(string filter)
    {
        await FillAsync();
        var admin = host.Client(host.Tokens.Admin());
        var card = await admin.CallAsync(HttpMethod.Get, "/api/scoring/scorecard" + filter).JsonAsync();
        var expected = Tickets.Where(t => Passes(t, filter))
            .GroupBy(t => new NaiveTicket(t.Events, StatusClasses.Default).Agent)
            .ToDictionary(g => g.Key ?? Guid.Empty, g => g.Select(Naive).ToList());
        var rows = card["agents"]!.AsArray().ToDictionary(
            r => (string?)r!["agentId"] is { } id ? Guid.Parse(id) : Guid.Empty, r => r!);
        foreach (var (agent, tickets) in expected)
        {
            ShouldBe(tickets, rows[agent]);
        }

        Assert.DoesNotContain(rows, r => (long)r.Value["allocated"]! > 0 && !expected.ContainsKey(r.Key));
        Assert.Equal(
            (long)card["kpis"]!["allocated"]!, rows.Values.Sum(r => (long)r["allocated"]!));
        Assert.Equal((long)card["kpis"]!["closed"]!, rows.Values.Sum(r => (long)r["closed"]!));
        Assert.Equal(
            (long)card["kpis"]!["rejected"]!,
            expected.Values.SelectMany(t => t).LongCount(t => (t.Flags & TicketFlags.AnyRejection) != 0));
        await ListsShouldBeAsLongAsTheirNumbersAsync(admin, rows, filter);
    }

    private static async Task ListsShouldBeAsLongAsTheirNumbersAsync(
        HttpClient admin, Dictionary<Guid, JsonNode> rows, string filter)
    {
        var query = filter.Length == 0 ? "?" : filter + "&";
        foreach (var measure in Measures)
        {
            foreach (var (agent, row) in rows)
            {
                var path = agent == Guid.Empty ? "unassigned" : agent.ToString();
                if (measure == "coachingSessions" && agent == Guid.Empty)
                {
                    continue;
                }

                var list = await admin.CallAsync(
                    HttpMethod.Get,
                    $"/api/scoring/scorecard/{path}/tickets{query}measure={measure}&pageSize=500").JsonAsync();
                Assert.Equal((long)row[measure]!, (long)list["total"]!);
                Assert.Equal((long)list["total"]!, list["items"]!.AsArray().Count);
            }
        }
    }

    private static void ShouldBe(List<NaiveFacts> tickets, JsonNode row)
    {
        long Has(TicketFlags flag) => tickets.LongCount(t => (t.Flags & flag) != 0);
        void Equal(long expected, string name) => Assert.Equal((name, expected), (name, (long)row[name]!));
        Equal(tickets.Count, "allocated");
        Equal(Has(TicketFlags.Closed), "closed");
        Equal(Has(TicketFlags.FirstPass), "firstPass");
        Equal(Has(TicketFlags.FailedFirstPass), "failedFirstPass");
        Equal(Has(TicketFlags.Excused), "excused");
        Equal(Has(TicketFlags.Hold), "onHold");
        Equal(Has(TicketFlags.Rejected), "rejected");
        Equal(Has(TicketFlags.ReRejected), "reRejected");
        Equal(tickets.Sum(t => t.Events), "rejectEvents");
        Near(Mean(tickets.Select(t => t.CycleDays)), row["avgCycleDays"]);
        Near(Mean(tickets.Select(t => t.MoveDays)), row["avgOpenToMoveDays"]);
        var processed = Has(TicketFlags.FirstPass) + Has(TicketFlags.FailedFirstPass);
        Near(processed == 0 ? null : Has(TicketFlags.FailedFirstPass) * 100m / processed, row["failedFirstPassRate"]);
        Near(Has(TicketFlags.Rejected) * 100m / tickets.Count, row["rejectRate"]);
    }

    private static void Near(decimal? expected, JsonNode? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value)
        {
            Assert.Equal(value, (decimal)actual!, 6);
        }
    }

    private static decimal? Mean(IEnumerable<decimal?> values) =>
        values.OfType<decimal>().ToList() is { Count: > 0 } known ? known.Average() : null;

    private static NaiveFacts Naive(Story story)
    {
        var ticket = new NaiveTicket(story.Events, StatusClasses.Default);
        decimal? Days(DateTimeOffset? at) =>
            at is { } instant ? (instant - story.CreatedAt).Ticks / 10 / 86_400_000_000m : null;
        return new NaiveFacts(
            ticket.Flags(), ticket.Rejections().Count(r => !r.Excused), Days(ticket.ClosedAt()),
            Days(ticket.FirstMoveAt()));
    }

    private static bool Passes(Story story, string filter)
    {
        var ticket = new NaiveTicket(story.Events, StatusClasses.Default);
        var day = Zone.DayOf(story.CreatedAt);
        var (type, state) = story.Events.OfType<WorkReclassified>().LastOrDefault() is { } changed
            ? (changed.Type, changed.State) : (story.Type, story.State);
        var wanted = System.Web.HttpUtility.ParseQueryString(filter);
        bool In(string name, string? value) =>
            wanted.GetValues(name) is not { } values || values.Contains(value ?? "");
        return In("month", day.ToString("yyyy-MM")) && In("day", day.DayOfWeek.ToString()[..3])
            && In("week", $"{System.Globalization.ISOWeek.GetYear(day.ToDateTime(default))}-W"
                + $"{System.Globalization.ISOWeek.GetWeekOfYear(day.ToDateTime(default)):00}")
            && In("type", type) && In("state", state) && In("status", ticket.Status)
            && In("assignee", ticket.Agent?.ToString() ?? "unassigned")
            && (wanted["coached"] is null || IsCoached(story));
    }

    private static bool IsCoached(Story story) => Array.IndexOf(Tickets, story) % 10 == 0;

    private async Task FillAsync()
    {
        if (await host.ScalarAsync<long>("select count(*) from ticket_facts") > 0)
        {
            return;
        }

        await host.HappenedAsync(Tickets);
        await host.HappenedAsync(Tickets.Where(IsCoached).Select(t => Happening.Session(
            Stories.Agents[0], new(2024, 3, 4), t.TicketId)));
    }

    private sealed record NaiveFacts(TicketFlags Flags, int Events, decimal? CycleDays, decimal? MoveDays);
}
