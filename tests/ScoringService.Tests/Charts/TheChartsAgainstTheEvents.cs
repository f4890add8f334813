using System.Text.Json.Nodes;
using Performance.Scoring.Feeds;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>
/// The charts of random tickets, under filters: every bar is what the events say, the bars are the right ones, and the
/// list behind each is as long as it is high.
/// </summary>
public sealed class TheChartsAgainstTheEvents(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly Story[] Tickets =
    [
        .. Enumerable.Range(5_000, 300).Select(seed => Stories.Of(seed)),
        new Story { Kind = WorkKind.SelfLogged }.Moves("Closed"), new Story { Kind = WorkKind.Intake }
    ];

    public static TheoryData<string> Filters =>
    [
        "", "type=Title", "month=2024-03&month=2024-04", "day=Mon&day=Tue&state=CA", "status=Closed",
        $"assignee={Stories.Agents[0]}&assignee=unassigned", "month=2024-02&week=2024-W07&day=Sun", "type=never-met"
    ];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task The_pulse_counts_tickets_touched_on_each_of_the_last_twenty_active_days(string filter)
    {
        await FillAsync();
        foreach (var zone in new[] { "Asia/Kolkata", "America/Los_Angeles" })
        {
            await MoveToAsync(zone);
            var bars = await BarsAsync("pulse", filter);
            var expected = Scope(filter, zone).SelectMany(t => Days(t, zone)).CountBy(day => day)
                .OrderByDescending(day => day.Key).Take(20).Reverse()
                .Select(day => (day.Key.ToString("yyyy-MM-dd"), (long)day.Value));
            Assert.Equal(expected, bars.Select(b => ((string)b["key"]!, (long)b["count"]!)));
            foreach (var bar in bars)
            {
                await BehindAsync(bar, "all", $"measure=allocated&touched={bar["key"]}&{filter}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Completed_are_the_ten_owners_with_most_closed_tickets(string filter)
    {
        await FillAsync();
        var bars = await BarsAsync("completed", filter);
        var expected = Scope(filter, "America/Los_Angeles").Select(Naive)
            .Where(t => t.Agent is not null && (t.Flags() & TicketFlags.Closed) != 0)
            .CountBy(t => t.Agent!.Value.ToString()).Select(t => (t.Key, (long)t.Value)).ToList();
        Assert.Equal(
            expected.Order(), bars.Select(b => ((string)b["key"]!, (long)b["count"]!)).Order());
        Assert.Equal(bars.Select(b => (long)b["count"]!).OrderDescending(), bars.Select(b => (long)b["count"]!));
        foreach (var bar in bars)
        {
            await BehindAsync(bar, (string)bar["key"]!, $"measure=closed&{filter}");
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Causes_are_the_five_categories_with_most_events_that_count(string filter)
    {
        await FillAsync();
        var bars = await BarsAsync("causes", filter);
        var expected = Scope(filter, "America/Los_Angeles").SelectMany(Causes).CountBy(cause => cause)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(5)
            .Select(c => (c.Key, (long)c.Value));
        Assert.Equal(expected, bars.Select(b => ((string)b["key"]!, (long)b["count"]!)));
        foreach (var bar in bars)
        {
            var label = Uri.EscapeDataString((string)bar["key"]!);
            await BehindAsync(bar, "all", $"measure=rejectEvents&label={label}&{filter}");
        }
    }

    private static NaiveTicket Naive(Story story) => new(story.Events, StatusClasses.Default);

    private static IEnumerable<string> Causes(Story story)
    {
        var said = story.Events.ToDictionary(e => e.FactId, e => e switch
        {
            WorkRejected rejected => rejected.Label,
            WorkStatusChanged changed => changed.Status,
            _ => ((WorkOpened)story.Events[0]).Status
        });
        return Naive(story).Rejections().Where(r => !r.Excused).Select(r => said[r.Id]);
    }

    private static IEnumerable<DateOnly> Days(Story story, string zone) => story.Events.Select(e => e.OccurredAt)
        .Append(((WorkOpened)story.Events[0]).StatusAt).Select(BusinessZone.Of(zone).DayOf).Distinct();

    private static IEnumerable<Story> Scope(string filter, string zone)
    {
        var wanted = System.Web.HttpUtility.ParseQueryString(filter);
        bool In(string name, string? value) =>
            wanted.GetValues(name) is not { } values || values.Contains(value ?? "");
        return Tickets.Where(t => t.Kind == WorkKind.Imported).Where(t =>
        {
            var day = BusinessZone.Of(zone).DayOf(t.CreatedAt);
            var week = BusinessZone.WeekNumber(day);
            var (type, state) = t.Events.OfType<WorkReclassified>().LastOrDefault() is { } changed
                ? (changed.Type, changed.State) : (t.Type, t.State);
            var naive = Naive(t);
            return In("type", type) && In("state", state) && In("status", naive.Status)
                && In("assignee", naive.Agent?.ToString() ?? "unassigned") && In("month", day.ToString("yyyy-MM"))
                && In("week", $"{week / 100}-W{week % 100:00}") && In("day", day.DayOfWeek.ToString()[..3]);
        });
    }

    private async Task<List<JsonNode>> BarsAsync(string chart, string filter) =>
    [
        .. (await host.Client(host.Tokens.Admin())
            .CallAsync(HttpMethod.Get, $"/api/scoring/charts/{chart}?{filter}").JsonAsync()).AsArray().Select(b => b!)
    ];

    private async Task BehindAsync(JsonNode bar, string whose, string query)
    {
        var list = await host.Client(host.Tokens.Admin())
            .CallAsync(HttpMethod.Get, $"/api/scoring/scorecard/{whose}/tickets?pageSize=500&{query}").JsonAsync();
        Assert.Equal((long)bar["count"]!, (long)list["total"]!);
        Assert.Equal((long)bar["count"]!, list["items"]!.AsArray().Count);
    }

    private Task MoveToAsync(string zone) => host.HappenedAsync([(StreamIds.Settings, new SettingsChanged(
        ScoringSettings.Default with { BusinessZone = zone }, "admin", Story.Beginning))]);

    private async Task FillAsync()
    {
        if (await host.ScalarAsync<long>("select count(*) from ticket_facts") == 0)
        {
            await host.HappenedAsync(Tickets);
        }
    }
}
