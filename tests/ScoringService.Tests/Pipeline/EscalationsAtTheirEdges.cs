using System.Text.Json.Nodes;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>"Older than 25 days" and "for more than 168 hours", to the microsecond.</summary>
public sealed class EscalationsAtTheirEdges : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Least = TimeSpan.FromMicroseconds(1);

    private readonly ScoringHost host = new() { Clock = new StandingClock(Now.AddTicks(7)) };

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_ticket_of_25_days_exactly_is_not_old_and_a_microsecond_later_it_is()
    {
        var exactly = Created(Now.AddDays(-25));
        var fresh = Created(Now.AddDays(-10));
        var ageing = Created(Now.AddDays(-10) - Least);
        var older = Created(Now.AddDays(-25) - Least);
        var closed = Created(Now.AddDays(-40)).Moves("Closed");
        var reopened = Created(Now.AddDays(-30)).Moves("Closed").Moves("Open");
        await host.HappenedAsync(exactly, older, closed, reopened, fresh, ageing);
        var escalations = await AskAsync("/api/scoring/escalations");
        Assert.Equal([reopened.TicketId, older.TicketId], Ids(escalations["old"]!));
        Assert.Equal((2, 25), ((int)escalations["old"]!["total"]!, (int)escalations["oldTicketDays"]!));

        var pipeline = await AskAsync("/api/scoring/pipeline");
        var ages = pipeline["items"]!.AsArray()
            .ToDictionary(i => (Guid)i!["ticket"]!["ticketId"]!, i => (string?)i!["age"]);
        Assert.Equal(("amber", "red"), (ages[exactly.TicketId], ages[older.TicketId]));
        Assert.Equal(("fresh", "amber"), (ages[fresh.TicketId], ages[ageing.TicketId]));
        Assert.DoesNotContain(closed.TicketId, ages.Keys);
    }

    [Fact]
    public async Task A_hold_of_168_hours_exactly_is_not_long_and_a_microsecond_later_it_is()
    {
        var exactly = Created(Now.AddDays(-10)).After(TimeSpan.FromDays(3)).Moves("On Hold");
        var longer = Created(Now.AddDays(-10)).After(TimeSpan.FromDays(3) - Least).Moves("On Hold");
        var between = Created(Now.AddDays(-10)).After(TimeSpan.FromHours(1)).Moves("Hold")
            .After(TimeSpan.FromDays(9)).Moves("Element Archive Hold");
        var again = Created(Now.AddDays(-10)).Moves("Hold").After(TimeSpan.FromDays(8)).Moves("Open").Moves("Hold");
        var left = Created(Now.AddDays(-10)).Moves("Hold").After(TimeSpan.FromDays(9)).Moves("Open");
        await host.HappenedAsync(exactly, longer, between, again, left);
        var escalations = await AskAsync("/api/scoring/escalations");
        Assert.Equal([between.TicketId, longer.TicketId], Ids(escalations["longHold"]!));
        Assert.Equal((2, 168), ((int)escalations["longHold"]!["total"]!, (int)escalations["longHoldHours"]!));
        Assert.Empty(Ids(escalations["old"]!));
    }

    [Fact]
    public async Task The_filters_and_the_callers_scope_narrow_both_groups()
    {
        var (ann, bob) = (Guid.NewGuid(), Guid.NewGuid());
        await host.KnowsAsync(ann, "Ann", "east");
        var anns = Created(Now.AddDays(-30), ann).Moves("Hold");
        var bobs = Created(Now.AddDays(-30), bob).Moves("Hold");
        await host.HappenedAsync(anns, bobs);
        foreach (var (token, query) in new[]
        {
            (host.Tokens.Admin(), $"?assignee={ann}"), (host.Tokens.Supervisor("east"), ""),
            (host.Tokens.Agent(ann), "")
        })
        {
            var escalations = await host.Client(token)
                .CallAsync(HttpMethod.Get, "/api/scoring/escalations" + query).JsonAsync();
            Assert.Equal([anns.TicketId], Ids(escalations["old"]!));
            Assert.Equal([anns.TicketId], Ids(escalations["longHold"]!));
        }

        var none = await AskAsync("/api/scoring/escalations?status=Working");
        Assert.Equal((0, 0), ((int)none["old"]!["total"]!, (int)none["longHold"]!["total"]!));
    }

    private static Story Created(DateTimeOffset at, Guid? agent = null)
    {
        var story = new Story(agent: agent) { CreatedAt = at };
        return story.After(at - story.Clock);
    }

    private static IEnumerable<Guid> Ids(JsonNode page) =>
        page["items"]!.AsArray().Select(i => (Guid)i!["ticket"]!["ticketId"]!);

    private Task<JsonNode> AskAsync(string path) =>
        host.Client(host.Tokens.Admin()).CallAsync(HttpMethod.Get, path).JsonAsync();
}
