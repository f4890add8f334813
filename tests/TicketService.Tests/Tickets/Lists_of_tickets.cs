using System.Text.Json.Nodes;

namespace Performance.Tickets;

public sealed class Lists_of_tickets(TicketApp app) : IClassFixture<TicketApp>, IAsyncLifetime
{
    private const string Mapping = """
        {"profile":"event-log","source":"lists","ticketId":"id","status":"status","at":"at","assignee":"agent",
         "type":"type","state":"state","title":"title"}
        """;

    public async Task InitializeAsync() => await app.ImportAsync("""
        id,status,at,agent,type,state,title
        A1,Open,2026-05-01T06:00:00Z,Zed,Renewal,CA,First of May in Paris
        A2,On Hold,2026-05-04T12:00:00Z,,Renewal,TX,100% of it
        A3,closed,2026-05-31T23:00:00-07:00,,Transfer,CA,Last_of_May
        A4,Closed,2026-06-01T00:00:00-07:00,,Transfer,CA,First of June
        """, Mapping);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("", "A4 A3 A2 A1")]
    [InlineData("month=2026-05", "A3 A2")]
    [InlineData("month=2026-04&month=2026-06", "A4 A1")]
    [InlineData("week=2026-W19", "A2")]
    [InlineData("week=2026-W18&month=2026-04", "A1")]
    [InlineData("day=Mon", "A4 A2")]
    [InlineData("day=Thu&day=Sun", "A3 A1")]
    [InlineData("type=Renewal", "A2 A1")]
    [InlineData("type=Renewal&state=CA", "A1")]
    [InlineData("status=CLOSED&status=on%20hold", "A4 A3 A2")]
    [InlineData("assignee=unassigned", "A4 A3 A2")]
    [InlineData("search=of%20may", "A1")]
    [InlineData("search=a3", "A3")]
    [InlineData("search=100%25", "A2")]
    [InlineData("search=Last_of", "A3")]
    [InlineData("search=%25", "A2")]
    [InlineData("ticketId=A2", "A2")]
    [InlineData("coached=true", "")]
    [InlineData("page=2&pageSize=3", "A1")]
    [InlineData("page=9&pageSize=3", "")]
    public async Task Follow_their_filters(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', await IdsAsync(query)));

    [Fact]
    public async Task Say_how_many_there_are() =>
        Assert.Equal(4, (int)(await app.GetAsync("tickets?source=lists&pageSize=1"))["total"]!);

    [Fact]
    public async Task Know_which_tickets_were_coached()
    {
        await app.Database.ExecuteAsync(
            "insert into coached_ticket values ($1) on conflict do nothing", await app.IdAsync("lists", "A2"));
        Assert.Equal(["A2"], await IdsAsync("coached=true&month=2026-05"));
        await app.Database.ExecuteAsync("delete from coached_ticket");
    }

    [Fact]
    public async Task Count_a_merged_agent_for_the_one_that_was_kept()
    {
        var zed = await app.Database.ScalarAsync<Guid>("select agent_id from assignee where name = 'Zed'");
        await app.Database.ExecuteAsync("""
            insert into agent_directory (agent_id, name, merged_into, active) values ($1, 'Zed', $2, false)
            on conflict (agent_id) do update set merged_into = excluded.merged_into
            """, zed, app.Ann);
        await Performance.Testing.Eventually.Async(
            async () => (await IdsAsync($"assignee={app.Ann}")).SequenceEqual(["A1"]));
        var items = (await app.GetAsync("tickets?source=lists&ticketId=A1", app.Token("ann")))["items"]!;
        Assert.Equal(app.Ann, (Guid)items[0]!["agentId"]!);
    }

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        ((JsonArray)(await app.GetAsync($"tickets?source=lists&{query}"))["items"]!)
        .Select(i => (string)i!["ticketId"]!).ToArray();
}
