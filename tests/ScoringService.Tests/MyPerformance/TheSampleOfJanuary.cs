using System.Text.Json.Nodes;
using Performance.Scoring.Settings;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>The sample of my-performance.md, through events: January 2024, and its week.</summary>
public sealed class TheSampleOfJanuary(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly Guid Rep = Guid.NewGuid();
    private static readonly (int Calls, decimal Payments, int Services)[] Week =
        [(24, 15_240m, 8), (19, 12_180m, 6), (22, 18_940m, 9), (20, 14_560m, 7), (18, 13_280m, 5)];

    [Fact]
    public async Task Month_and_week_come_out_exactly()
    {
        await host.HappenedAsync(Events());
        var me = host.Client(host.Tokens.Agent(Rep));
        var month = await me.CallAsync(HttpMethod.Get, "/api/scoring/my?month=2024-01").JsonAsync();
        Assert.Equal(
            [("payments", "USD", 285_340m), ("services", null, 156m), ("complaints", null, 89m), ("calls", null, 432m)],
            month["cards"]!.AsArray().Select(c =>
                ((string)c!["metric"]!, (string?)c["currency"], (decimal)c["value"]!)));
        Assert.Equal(570_680m, (decimal)Card(month, "payments")["goal"]!);
        Assert.Equal((50m, "below"),
            ((decimal)Card(month, "payments")["percentOfGoal"]!, (string?)Card(month, "payments")["achievement"]));
        Assert.Equal((100m, "met"),
            ((decimal)Card(month, "services")["percentOfGoal"]!, (string?)Card(month, "services")["achievement"]));
        Assert.Equal("up", (string?)Card(month, "calls")["direction"]);
        Assert.Contains(month["years"]!.AsArray(), y => (int)y!["year"]! == 2024
            && y["months"]!.AsArray().Any(m => (string?)m == "2024-01"));

        var week = await me.CallAsync(HttpMethod.Get, "/api/scoring/my/week?date=2024-01-10").JsonAsync();
        var rows = week["days"]!.AsArray();
        Assert.Equal(["Mon", "Tue", "Wed", "Thu", "Fri"], rows.Select(r => (string?)r!["day"]));
        Assert.Equal(Week, rows.Select(r => Figures(r!)));
        Assert.Equal((103, 74_200m, 35), Figures(week["total"]!));
        Assert.Equal(20.6m, (decimal)week["average"]!["calls"]!);
        Assert.Equal(-5m, (decimal)rows[1]!["callsChange"]!);
        Assert.Equal(-3_060m, (decimal)rows[1]!["change"]!["payments USD"]!);
        Assert.Equal(43m, (decimal)rows[1]!["running"]!["calls"]!);
        var calls = week["marks"]!.AsArray().Single(m => (string?)m!["figure"] == "calls")!;
        Assert.Equal(("2024-01-08", "2024-01-12"), ((string?)calls["best"], (string?)calls["weakest"]));
    }

    private static JsonNode Card(JsonNode month, string metric) =>
        month["cards"]!.AsArray().Single(c => (string?)c!["metric"] == metric)!;

    private static (int, decimal, int) Figures(JsonNode f) => (
        (int)(decimal)f["calls"]!, f["payments"]!.AsObject().Sum(p => (decimal)p.Value!), (int)(decimal)f["services"]!);

    private static IEnumerable<(Guid, object)> Events()
    {
        var zone = BusinessZone.Of("America/Los_Angeles");
        DateTimeOffset At(int day, int n) => zone.StartOf(new(2024, 1, day)).AddHours(8).AddSeconds(n);
        foreach (var (index, (calls, payments, services)) in Week.Index())
        {
            foreach (var e in Day(At, 8 + index, calls, payments, services))
            {
                yield return e;
            }
        }

        // The rest of the month, on the 3rd and the 31st, so that the totals are those of the sample.
        foreach (var e in Day(At, 3, 300, 200_000m, 100).Concat(Day(At, 31, 29, 11_140m, 21)))
        {
            yield return e;
        }

        for (var i = 0; i < 89; i++)
        {
            yield return Happening.Complaint(Rep, At(30, i), $"c{i}");
        }

        // Another month and another rep's day must not count.
        yield return Happening.Call(Rep, At(1, 0).AddHours(-9));
        yield return Happening.Call(Guid.NewGuid(), At(9, 0));
        yield return Happening.Goal(Rep, null, "payments", 570_680m, new(2024, 1, 1), "USD");
        yield return Happening.Goal(Rep, null, "services", 156m, new(2023, 1, 1));
    }

    private static IEnumerable<(Guid, object)> Day(
        Func<int, int, DateTimeOffset> at, int day, int calls, decimal payments, int services) =>
    [
        .. Enumerable.Range(0, calls).Select(i => Happening.Call(Rep, at(day, i))),
        Happening.Payment(Rep, at(day, 1), payments - 0.01m), Happening.Payment(Rep, at(day, 2), 0.01m),
        .. Enumerable.Range(0, services).Select(i => Happening.Raised(Rep, at(day, i)))
    ];
}
