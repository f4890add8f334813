using System.Globalization;
using System.Text.Json.Nodes;
using Performance.Scoring.AsOf;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>
/// Random histories at random instants: the scorecard as known then is what a naive recomputation of the events
/// recorded until then gives, and what is told of the difference accounts for every number.
/// </summary>
public sealed class KnownThen : IAsyncLifetime
{
    private static readonly string[] Numbers =
    [
        "allocated", "closed", "firstPass", "failedFirstPass", "excused", "onHold", "rejected", "rejectEvents",
        "reRejected", "firstPassRate", "failedFirstPassRate", "rejectRate", "reRejectionRate", "avgCycleDays",
        "avgOpenToMoveDays", "attendance", "dailyAvg", "target", "coachingSessions", "score", "measuredMax"
    ];

    private readonly ScoringHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task It_equals_a_naive_recomputation_from_the_raw_events(int seed)
    {
        var chronicle = await HappenedAsync(seed);
        foreach (var asOf in Enumerable.Range(0, 8).Select(_ => chronicle.Instant()))
        {
            foreach (var months in new string[][] { [], ["2024-03"], ["2024-04", "2024-06"] })
            {
                var naive = new NaiveScorecard(
                    [.. chronicle.Events.Select(e => e.Event).Where(e => StoredFacts.RecordedAt(e) <= asOf)], asOf,
                    months);
                var card = await GetAsync("scorecard", asOf, months);
                Assert.Equal(naive.PolicyVersion, (int)card["policyVersion"]!);
                foreach (var agent in naive.Agents)
                {
                    ShouldBe(Json(naive.Row(agent)), RowOf(card, agent));
                }

                Assert.Equal(naive.Counts(null).Allocated, (long?)RowOf(card, null)?["allocated"] ?? 0);
                Assert.Equal(
                    card["agents"]!.AsArray().Sum(r => (long)r!["allocated"]!),
                    (long)card["kpis"]!["allocated"]!);
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task As_of_now_it_equals_the_view_under_every_filter(int seed)
    {
        await HappenedAsync(seed);
        foreach (var filter in new[]
        {
            "", "month=2024-03", "week=2024-W10&day=Mon&day=Tue", "type=Title&state=CA", "type=", "coached=true",
            "status=Closed&status=On%20Hold", $"assignee={Stories.Agents[1]}&assignee=unassigned", "status=never-met"
        })
        {
            var view = await CallAsync($"/api/scoring/scorecard?{filter}");
            var known = await CallAsync(
                $"/api/scoring/scorecard?{filter}&asOf={Text(DateTimeOffset.UtcNow)}");
            Same(view["agents"], known["agents"]);
            Same(view["kpis"], known["kpis"]);
            Assert.Equal((int)view["policyVersion"]!, (int)known["policyVersion"]!);
        }

        foreach (var agent in Stories.Agents)
        {
            var path = $"/api/scoring/agents/{agent}/grade?month=2024-04";
            var (view, known) = (await CallAsync(path), await CallAsync($"{path}&asOf={Text(DateTimeOffset.UtcNow)}"));
            foreach (var part in new[] { "grade", "drop", "score", "policyVersion", "components", "inputs", "events" })
            {
                Same(view[part], known[part]);
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Every_difference_is_explained_by_events_recorded_since(int seed)
    {
        var chronicle = await HappenedAsync(seed);
        var today = await CallAsync("/api/scoring/scorecard?month=2024-03");
        foreach (var asOf in Enumerable.Range(0, 8).Select(_ => chronicle.Instant()))
        {
            var then = await GetAsync("scorecard", asOf, "2024-03");
            var differences = await GetAsync("asof/differences", asOf, "2024-03");
            foreach (var agent in Stories.Agents.Cast<Guid?>().Append(null))
            {
                var told = differences["items"]!.AsArray().SingleOrDefault(d => Id(d!) == agent);
                var (before, after) = (RowOf(then, agent), RowOf(today, agent));
                if (told is null)
                {
                    Assert.True(before is null || after is null
                        || Numbers.All(n => IsSame(before[n], after[n])), $"{agent} at {asOf:O}");
                    continue;
                }

                Same(before, told["then"]);
                Same(after, told["now"]);
                foreach (var number in told["numbers"]!.AsArray())
                {
                    var events = number!["events"]!.AsArray();
                    Assert.True((int)number["eventCount"]! > 0, $"{number["name"]} of {agent} at {asOf:O}");
                    Assert.All(events, e => Assert.True(
                        (string?)e!["kind"] == "policyPublished" || (DateTimeOffset)e["recordedAt"]! > asOf));
                }
            }
        }
    }

    private async Task<Chronicle> HappenedAsync(int seed)
    {
        var chronicle = new Chronicle(seed, 80);
        await chronicle.HappenAsync(host);
        return chronicle;
    }

    private Task<JsonNode> GetAsync(string path, DateTimeOffset asOf, params string[] months) => CallAsync(
        $"/api/scoring/{path}?asOf={Text(asOf)}" + string.Concat(months.Select(m => $"&month={m}")));

    private Task<JsonNode> CallAsync(string path) =>
        host.Client(host.Tokens.Admin()).CallAsync(HttpMethod.Get, path).JsonAsync();

    internal static string Text(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));

    private static JsonNode Json(object value) => System.Text.Json.JsonSerializer.SerializeToNode(value, Http.Json)!;

    private static Guid? Id(JsonNode row) => (string?)row["agentId"] is { } id ? Guid.Parse(id) : null;

    private static JsonNode? RowOf(JsonNode card, Guid? agent) =>
        card["agents"]!.AsArray().SingleOrDefault(r => Id(r!) == agent);

    private static void ShouldBe(JsonNode expected, JsonNode? actual)
    {
        foreach (var number in Numbers)
        {
            // An agent of whom nothing is known has no row.
            Assert.True(
                actual is null ? expected["allocated"]!.GetValue<long>() == 0
                    : IsSame(expected[number], actual[number]),
                $"{number}: {expected[number]} is told as {actual?[number]}");
        }

        Assert.Equal((string?)expected["grade"], (string?)actual?["grade"]);
    }

    /// <summary>Equal but for the last digits of sums of many divisions.</summary>
    internal static void Same(JsonNode? expected, JsonNode? actual)
    {
        switch (expected)
        {
            case JsonObject all:
                Assert.All(all, e => Same(e.Value, actual?[e.Key]));
                break;
            case JsonArray all:
                Assert.Equal(all.Count, actual!.AsArray().Count);
                Assert.All(all.Index(), e => Same(e.Item, actual[e.Index]));
                break;
            default:
                Assert.True(IsSame(expected, actual), $"{expected?.GetPath()}: {expected} is told as {actual}");
                break;
        }
    }

    private static bool IsSame(JsonNode? a, JsonNode? b) =>
        decimal.TryParse(a?.ToString(), CultureInfo.InvariantCulture, out var x)
        && decimal.TryParse(b?.ToString(), CultureInfo.InvariantCulture, out var y)
            ? Math.Abs(x - y) < 0.000_001m : a?.ToString() == b?.ToString();
}
