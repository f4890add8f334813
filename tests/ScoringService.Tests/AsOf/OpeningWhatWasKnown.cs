using System.Text.Json.Nodes;
using Performance.Scoring.Agents;
using Performance.Scoring.AsOf;
using Performance.Scoring.Tickets;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Behind every count of an earlier scorecard stands what it counted then, in random histories.</summary>
public sealed class OpeningWhatWasKnown : IAsyncLifetime
{
    private static readonly string[] Counts =
    [
        "allocated", "closed", "firstPass", "failedFirstPass", "excused", "onHold", "rejected", "rejectEvents",
        "reRejected", "coachingSessions"
    ];

    private readonly ScoringHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Every_count_then_opens_exactly_what_it_counted(int seed)
    {
        var chronicle = await HappenedAsync(seed);
        foreach (var asOf in Enumerable.Range(0, 3).Select(_ => chronicle.Instant()))
        {
            var card = await CallAsync(
                $"/api/scoring/scorecard?month=2024-03&month=2024-04&asOf={KnownThen.Text(asOf)}");
            foreach (var row in card["agents"]!.AsArray())
            {
                var whose = (string?)row!["agentId"] ?? "unassigned";
                foreach (var count in Counts)
                {
                    var list = await ListAsync(whose, count, asOf);
                    Assert.Equal((long?)row[count] ?? 0, (long)list["total"]!);
                    Assert.Equal((long)list["total"]!, list["items"]!.AsArray().Count);
                    Assert.All(list["items"]!.AsArray(), i => Assert.Contains(
                        chronicle.Events, e => StoredFacts.RecordedAt(e.Event) <= asOf && IsOf(e.Event, i!)));
                }
            }

            var any = await ListAsync("all", "anyRejection", asOf);
            Assert.Equal((long)card["kpis"]!["rejected"]!, (long)any["total"]!);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    public async Task As_of_now_a_list_equals_the_views(int seed)
    {
        await HappenedAsync(seed);
        foreach (var measure in Counts.Concat(["open", "processed", "anyRejection", "moved", "rejectedTickets"]))
        {
            foreach (var more in new[] { "", "&type=Title&month=2024-03", "&assignee=unassigned&pageSize=7&page=2" })
            {
                var label = measure is "rejectEvents" or "rejectedTickets" ? "&label=Wrong%20fee" : "";
                var path = $"/api/scoring/scorecard/all/tickets?measure={measure}{label}{more}";
                var (view, known) =
                    (await CallAsync(path), await CallAsync($"{path}&asOf={KnownThen.Text(DateTimeOffset.UtcNow)}"));
                Assert.Equal((long)view["total"]!, (long)known["total"]!);
                KnownThen.Same(Untimed(view["items"]!), Untimed(known["items"]!));
            }
        }
    }

    private Task<JsonNode> ListAsync(string whose, string measure, DateTimeOffset asOf) => CallAsync(
        $"/api/scoring/scorecard/{whose}/tickets?measure={measure}&month=2024-03&month=2024-04&pageSize=500"
        + $"&asOf={KnownThen.Text(asOf)}");

    private static bool IsOf(object happened, JsonNode item) => happened switch
    {
        WorkEvent e => e.TicketId == (Guid?)item["ticketId"],
        SessionHeld e => e.SessionId == (Guid?)item["sessionId"],
        _ => false
    };

    /// <summary>The views keep instants to the microsecond, the events to the tick.</summary>
    private static JsonArray Untimed(JsonNode items) => new([.. items.AsArray().Select(item =>
    {
        var one = item!.DeepClone().AsObject();
        var rejections = one["rejectionEvents"]?.AsArray() ?? [];
        foreach (var part in rejections.Select(r => r!.AsObject()).Append(one))
        {
            foreach (var time in new[] { "createdAt", "closedAt", "cycleDays", "holdSince", "at", "excusedAt" })
            {
                part.Remove(time);
            }
        }

        return (JsonNode)one;
    })]);

    private async Task<Chronicle> HappenedAsync(int seed)
    {
        var chronicle = new Chronicle(seed, 80);
        await chronicle.HappenAsync(host);
        return chronicle;
    }

    private Task<JsonNode> CallAsync(string path) =>
        host.Client(host.Tokens.Admin()).CallAsync(HttpMethod.Get, path).JsonAsync();
}
