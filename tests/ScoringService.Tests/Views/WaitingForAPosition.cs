using System.Net;
using Performance.Contracts;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class WaitingForAPosition(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task A_position_of_scorings_own_store_is_waited_for()
    {
        var last = await host.HappenedAsync(new Story(agent: Guid.NewGuid()));
        var position = new StorePosition(EventStoreId.Scoring, last).Value;
        var card = await Admin().CallAsync(
            HttpMethod.Get, $"/api/scoring/scorecard?atLeast={position}").JsonAsync();
        Assert.True((long)card["position"]! >= position);
    }

    [Fact]
    public async Task A_position_that_does_not_come_in_time_is_answered_503_with_Retry_After()
    {
        var far = new StorePosition(EventStoreId.Tickets, 1_000_000).Value;
        var response = await Admin().CallAsync(HttpMethod.Get, $"/api/scoring/scorecard?atLeast={far}")
            .ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("/api/scoring/scorecard", "tickets", EventStoreId.Tickets)]
    [InlineData("/api/scoring/my", "activity", EventStoreId.Tickets)]
    [InlineData("/api/scoring/history", "coaching", EventStoreId.Coaching)]
    public async Task A_position_of_another_store_is_waited_for_by_its_feed(
        string path, string feed, EventStoreId store)
    {
        await host.ExecuteAsync(
            """
            insert into feed_cursor (feed, position) values ($1, 500)
            on conflict (feed) do update set position = 500
            """, feed);
        var client = host.Client(host.Tokens.For("ann", ["agent"], Guid.NewGuid()));
        await client.CallAsync(HttpMethod.Get, $"{path}?atLeast={new StorePosition(store, 500).Value}")
            .ShouldBeAsync(HttpStatusCode.OK);
        await client.CallAsync(HttpMethod.Get, $"{path}?atLeast={new StorePosition(store, 501).Value}")
            .ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("7")]
    [InlineData("11")]
    public async Task What_is_no_position_is_refused(string atLeast)
    {
        var problem = await Admin().CallAsync(HttpMethod.Get, $"/api/scoring/scorecard?atLeast={atLeast}")
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("atLeast", (string?)problem["field"]);
    }

    private HttpClient Admin() => host.Client(host.Tokens.Admin());
}
