using System.Text.Json.Nodes;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>
/// The rejection analysis of a few hundred random tickets: what the events say, and behind every count of a category,
/// of a category by agent and of a category by month exactly the events that it counted.
/// </summary>
public sealed class TheListsBehindTheMatrix(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly BusinessZone Zone = BusinessZone.Of("America/Los_Angeles");

    private static readonly Story[] Tickets = [.. Enumerable.Range(2_000, 250).Select(seed => Stories.Of(seed))];

    [Theory]
    [InlineData("")]
    [InlineData("type=Title&state=CA")]
    [InlineData("month=2024-03&month=2024-05")]
    [InlineData("day=Mon&day=Fri")]
    public async Task Hold_what_each_cell_counted(string filter)
    {
        await FillAsync();
        var admin = host.Client(host.Tokens.Admin());
        var analysis = await admin.CallAsync(HttpMethod.Get, $"/api/scoring/rejections?{filter}").JsonAsync();
        var categories = analysis["categories"]!.AsArray();
        Assert.NotEmpty(categories);
        Assert.Equal((long)analysis["events"]!, categories.Sum(c => (long)c!["events"]!));
        foreach (var category in categories)
        {
            var label = (string)category!["category"]!;
            var whole = await ListAsync(admin, "all", label, filter);
            Assert.Equal((long)category["events"]!, whole.Count);
            Assert.Equal((long)category["tickets"]!, whole.DistinctBy(e => (Guid)e["ticketId"]!).Count());
            Assert.All(whole, e => Assert.Equal(label, (string?)e["label"]));
            var tickets = await ListAsync(admin, "all", label, filter, "rejectedTickets");
            Assert.Equal(
                whole.Select(e => (Guid)e["ticketId"]!).Distinct().Order(),
                tickets.Select(t => (Guid)t["ticketId"]!).Order());
            foreach (var (agent, count) in category["byAgent"]!.AsObject())
            {
                Assert.Equal((long)count!, (await ListAsync(admin, agent, label, filter)).Count);
            }

            foreach (var (month, count) in category["byMonth"]!.AsObject())
            {
                var cell = await ListAsync(admin, "all", label, $"{filter}&createdIn={month}");
                Assert.Equal((long)count!, cell.Count);
            }
        }
    }

    [Fact]
    public async Task The_analysis_is_what_the_events_say()
    {
        await FillAsync();
        var analysis = await host.Client(host.Tokens.Admin())
            .CallAsync(HttpMethod.Get, "/api/scoring/rejections").JsonAsync();
        var naive = Tickets.SelectMany(Naive).ToList();
        foreach (var expected in naive.GroupBy(n => n.Cause))
        {
            var category = analysis["categories"]!.AsArray().Single(c => (string?)c!["category"] == expected.Key)!;
            Assert.Equal(expected.LongCount(), (long)category["events"]!);
            Assert.Equal(expected.Select(n => n.Ticket).Distinct().LongCount(), (long)category["tickets"]!);
            Assert.Equal(expected.Count() * 100m / naive.Count, (decimal)category["share"]!, 6);
            Assert.Equal(
                expected.GroupBy(n => n.Agent).ToDictionary(g => g.Key, g => g.LongCount()),
                Cells(category["byAgent"]));
            Assert.Equal(
                expected.GroupBy(n => n.Month).ToDictionary(g => g.Key, g => g.LongCount()),
                Cells(category["byMonth"]));
        }
    }

    [Fact]
    public async Task A_months_cell_is_credited_by_the_policy_of_the_whole_analysis()
    {
        await FillAsync();
        var admin = host.Client(host.Tokens.Admin());
        await PublishAsync(admin, "2024-04-01", RejectionCredit.AtRejection);
        var last = await PublishAsync(admin, "2025-01-01", RejectionCredit.Current);
        foreach (var agent in Stories.Agents)
        {
            var filter = $"assignee={agent}&atLeast={last["position"]}";
            var analysis = await admin.CallAsync(HttpMethod.Get, $"/api/scoring/rejections?{filter}").JsonAsync();
            foreach (var category in analysis["categories"]!.AsArray())
            {
                foreach (var (month, count) in category!["byMonth"]!.AsObject())
                {
                    var cell = await ListAsync(
                        admin, "all", (string)category["category"]!, $"{filter}&createdIn={month}");
                    Assert.Equal((long)count!, cell.Count);
                }
            }
        }
    }

    [Fact]
    public async Task Several_labels_together_list_the_events_of_each()
    {
        await FillAsync();
        var admin = host.Client(host.Tokens.Admin());
        var one = await ListAsync(admin, "all", "Wrong fee", "");
        var other = await ListAsync(admin, "all", "VIN mismatch", "");
        var both = await ListAsync(admin, "all", "Wrong fee", "label=VIN%20mismatch");
        Assert.Equal(
            one.Concat(other).Select(e => (Guid)e["eventId"]!).Order(), both.Select(e => (Guid)e["eventId"]!).Order());
        Assert.Empty(await ListAsync(admin, "all", "wrong FEE", ""));
    }

    private static Task<JsonNode> PublishAsync(HttpClient admin, string from, RejectionCredit credit) =>
        admin.CallAsync(HttpMethod.Post, "/api/scoring/policies", new
        {
            effectiveFrom = from, policy = ScorePolicy.Default with { RejectionCredit = credit }
        }).JsonAsync();

    private static Dictionary<string, long> Cells(JsonNode? cells) =>
        cells!.AsObject().ToDictionary(c => c.Key, c => (long)c.Value!);

    private static IEnumerable<(Guid Ticket, string Cause, string Agent, string Month)> Naive(Story story)
    {
        var ticket = new NaiveTicket(story.Events, StatusClasses.Default);
        var causes = story.Events.ToDictionary(e => e.FactId, e => e switch
        {
            WorkRejected rejected => rejected.Label,
            WorkStatusChanged changed => changed.Status,
            WorkOpened opened => opened.Status,
            _ => ""
        });
        var month = Zone.DayOf(story.CreatedAt).ToString("yyyy-MM");
        return ticket.Rejections().Where(r => !r.Excused)
            .Select(r => (story.TicketId, causes[r.Id], ticket.Agent?.ToString() ?? "unassigned", month));
    }

    private static async Task<List<JsonNode>> ListAsync(
        HttpClient client, string whose, string label, string filter, string measure = "rejectEvents")
    {
        var list = await client.CallAsync(
            HttpMethod.Get,
            $"/api/scoring/scorecard/{whose}/tickets?measure={measure}&label={Uri.EscapeDataString(label)}"
            + $"&pageSize=500&{filter}").JsonAsync();
        Assert.Equal((long)list["total"]!, list["items"]!.AsArray().Count);
        return [.. list["items"]!.AsArray().Select(e => e!)];
    }

    private async Task FillAsync()
    {
        if (await host.ScalarAsync<long>("select count(*) from ticket_facts") == 0)
        {
            await host.HappenedAsync(Tickets);
        }
    }
}
