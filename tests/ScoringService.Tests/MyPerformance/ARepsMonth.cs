using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class ARepsMonth : IAsyncLifetime
{
    // Friday 8 March 2024, noon in Los Angeles: six working days of March have begun.
    private readonly ScoringHost host = new()
    {
        Clock = new ShiftedClock(new DateTimeOffset(2024, 3, 8, 20, 0, 0, TimeSpan.Zero))
    };

    private readonly Guid rep = Guid.NewGuid();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_current_month_is_compared_with_as_many_working_days_of_the_one_before()
    {
        await host.HappenedAsync(
        [
            Happening.Call(rep, At(2, 8)), Happening.Call(rep, At(2, 9)), Happening.Call(rep, At(2, 20)),
            Happening.Call(rep, At(3, 4)), Happening.Call(rep, At(3, 5))
        ]);
        var card = Card(await MonthAsync(), "calls");
        Assert.Equal((2m, 3m, "down"),
            ((decimal)card["value"]!, (decimal)card["previous"]!, (string?)card["direction"]));
        // February's sixth working day is the 8th.
        Assert.Equal((1m, 100m), ((decimal)card["previousSameDays"]!, (decimal)card["growthSameDays"]!));
        var past = await Client().CallAsync(HttpMethod.Get, "/api/scoring/my?month=2024-02").JsonAsync();
        Assert.Null(Card(past, "calls")["growthSameDays"]);
    }

    [Fact]
    public async Task Money_is_never_added_across_currencies()
    {
        await host.HappenedAsync([Happening.Payment(rep, At(3, 4), 10m), Happening.Payment(rep, At(3, 4), 7m, "EUR")]);
        var payments = (await MonthAsync())["cards"]!.AsArray().Where(c => (string?)c!["metric"] == "payments");
        Assert.Equal([("EUR", 7m), ("USD", 10m)],
            payments.Select(c => ((string?)c!["currency"], (decimal)c["value"]!)));
    }

    [Fact]
    public async Task The_own_goal_goes_before_the_teams_and_the_one_of_the_months_last_day_counts()
    {
        await host.KnowsAsync(rep, "Rep", "east");
        await host.HappenedAsync(
        [
            Happening.Goal(null, "east", "calls", 100m, new(2024, 1, 1)),
            Happening.Goal(null, "east", "services", 50m, new(2024, 1, 1)),
            Happening.Goal(rep, null, "calls", 200m, new(2024, 2, 1)),
            Happening.Goal(rep, null, "calls", 300m, new(2024, 3, 1)),
            Happening.Goal(rep, null, "services", 10m, new(2024, 1, 1)),
            Happening.Goal(rep, null, "services", null, new(2024, 3, 1))
        ]);
        Assert.Equal(300m, (decimal)Card(await MonthAsync(), "calls")["goal"]!);
        Assert.Equal(50m, (decimal)Card(await MonthAsync(), "services")["goal"]!);
        var february = await Client().CallAsync(HttpMethod.Get, "/api/scoring/my?month=2024-02").JsonAsync();
        Assert.Equal(200m, (decimal)Card(february, "calls")["goal"]!);
        Assert.Equal(10m, (decimal)Card(february, "services")["goal"]!);
    }

    [Fact]
    public async Task A_day_off_with_activity_is_an_extra_row_and_days_to_come_do_not_lower_the_average()
    {
        await host.HappenedAsync(
        [
            Happening.Call(rep, At(3, 4)), Happening.Call(rep, At(3, 9)), Happening.Call(rep, At(3, 8)),
            Happening.Call(rep, At(3, 8))
        ]);
        var week = await Client().CallAsync(HttpMethod.Get, "/api/scoring/my/week").JsonAsync();
        Assert.Equal(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
            week["days"]!.AsArray().Select(d => (string?)d!["day"]));
        Assert.True((bool)week["days"]![5]!["dayOff"]!);
        Assert.Equal(4m, (decimal)week["total"]!["calls"]!);
        Assert.Equal((5, 0.8m), ((int)week["elapsedWorkingDays"]!, (decimal)week["average"]!["calls"]!));
    }

    [Fact]
    public async Task Behind_the_complaints_card_are_times_to_resolution_by_linear_interpolation()
    {
        var start = At(3, 4);
        await host.HappenedAsync(
        [
            Happening.Resolved(rep, start.AddHours(10), "late registration"),
            .. Enumerable.Range(1, 4).SelectMany(i => new[]
            {
                Happening.Complaint(rep, start, $"c{i}", i < 3 ? "billing" : "outage"),
                Happening.Resolved(rep, start.AddHours(i), $"c{i}")
            }),
            Happening.Complaint(Guid.NewGuid(), start, "late registration")
        ]);
        var detail = await Client().CallAsync(HttpMethod.Get, "/api/scoring/my/complaints").JsonAsync();
        Assert.Equal([4m, 5m, 3m, 7.6m], detail["drivers"]!.AsArray().Select(d => (decimal)d!["value"]!));
        Assert.Equal([("billing", 2), ("outage", 2)],
            detail["breakdown"]!.AsArray().Select(b => ((string)b!["key"]!, (int)b["count"]!)));
    }

    [Fact]
    public async Task Behind_the_calls_card_are_duration_hours_and_the_peak()
    {
        await host.HappenedAsync(
        [
            Happening.Call(rep, At(3, 4), 100), Happening.Call(rep, At(3, 5), 300),
            Happening.Call(rep, At(3, 5).AddHours(3), 200), Happening.Payment(rep, At(3, 5), 60m)
        ]);
        var calls = await Client().CallAsync(HttpMethod.Get, "/api/scoring/my/calls?month=2024-03").JsonAsync();
        Assert.Equal([200m, 8m], calls["drivers"]!.AsArray().Select(d => (decimal)d!["value"]!));
        var payments = await Client().CallAsync(HttpMethod.Get, "/api/scoring/my/payments").JsonAsync();
        Assert.Equal("USD", (string?)payments["currency"]);
        Assert.Equal([1m, 1 / 3m, 20m], payments["drivers"]!.AsArray().Select(d => (decimal)d!["value"]!));
        await Client().CallAsync(HttpMethod.Get, "/api/scoring/my/badgers")
            .ShouldBeAsync(System.Net.HttpStatusCode.NotFound);
    }

    // Eight in the morning in Los Angeles (winter time until 10 March 2024).
    private static DateTimeOffset At(int month, int day) => new(2024, month, day, 16, 0, 0, TimeSpan.Zero);

    private static JsonNode Card(JsonNode month, string metric) =>
        month["cards"]!.AsArray().Single(c => (string?)c!["metric"] == metric)!;

    private HttpClient Client() => host.Client(host.Tokens.Agent(rep));

    private Task<JsonNode> MonthAsync() => Client().CallAsync(HttpMethod.Get, "/api/scoring/my").JsonAsync();
}
