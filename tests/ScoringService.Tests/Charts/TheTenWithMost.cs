using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Where there are more owners, causes and days than a chart shows.</summary>
public sealed class TheTenWithMost(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task Charts_show_ten_owners_five_causes_and_twenty_days_of_what_the_caller_may_see()
    {
        var owners = Enumerable.Range(0, 12).Select(i => (Id: Guid.NewGuid(), Name: $"Owner {i:00}")).ToList();
        foreach (var (id, name) in owners)
        {
            await host.KnowsAsync(id, name, "east");
        }

        // Owner 0 closes 12, 1 closes 11 ...; the last three close as many as each other.
        await host.HappenedAsync([.. owners.Index().SelectMany(o =>
            Enumerable.Range(0, Math.Max(12 - o.Index, 3)).Select(n =>
                new Story(agent: o.Item.Id).IsRejected($"Cause {(char)('A' + (n % 7))}")
                    .After(TimeSpan.FromDays((2 * n) + (o.Index % 4))).Moves("Closed")))]);
        await host.HappenedAsync([.. Enumerable.Range(1, 30).Select(n => new Story { CreatedAt = Day(n) })]);
        var lead = host.Client(host.Tokens.Supervisor("east"));
        var completed = await BarsAsync(lead, "completed");
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => ($"Owner {i:00}", (long)(12 - i))),
            completed.Select(b => (b.Name, b.Count)));

        var causes = await BarsAsync(lead, "causes");
        Assert.Equal(["Cause A", "Cause B", "Cause C", "Cause D", "Cause E"], causes.Select(b => b.Name));

        var all = await BarsAsync(host.Client(host.Tokens.Admin()), "pulse");
        var own = await BarsAsync(lead, "pulse");
        Assert.Equal(20, all.Count);
        Assert.Equal(all.Select(b => b.Key).Order(), all.Select(b => b.Key));
        Assert.Equal(Day(30).ToString("yyyy-MM-dd"), all[^1].Key);
        Assert.Equal("Wed, Jan 31", all[^1].Name[..11]);
        Assert.Equal(20, own.Count);
        Assert.True(own[^1].Count < all[^1].Count || own[^1].Key != all[^1].Key);
        Assert.Empty(await BarsAsync(host.Client(host.Tokens.Supervisor("west")), "pulse"));
    }

    private static DateTimeOffset Day(int number) => Story.Beginning.AddDays(number - 1);

    private static async Task<List<(string Key, string Name, long Count)>> BarsAsync(HttpClient client, string chart) =>
    [
        .. (await client.CallAsync(HttpMethod.Get, $"/api/scoring/charts/{chart}").JsonAsync()).AsArray()
            .Select(b => ((string)b!["key"]!, (string)b["name"]!, (long)b["count"]!))
    ];
}
