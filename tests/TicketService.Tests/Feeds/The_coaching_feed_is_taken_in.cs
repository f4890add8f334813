using Marten;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.Testing;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Feeds;

public sealed class The_coaching_feed_is_taken_in(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task Agents_merges_and_coached_tickets()
    {
        var (dee, dora) = (Guid.NewGuid(), Guid.NewGuid());
        var ticket = await app.ImportOneAsync();
        await TakeInAsync(
            new AgentChanged(dee, "Dee", "dee@example.org", "north", "sales", "US", true) { EventId = Id, Sequence = 1,
                OccurredAt = Now, RecordedAt = Now },
            new AgentChanged(dora, "Dora", null, null, null, null, true) { EventId = Id, Sequence = 2,
                OccurredAt = Now, RecordedAt = Now },
            new SessionRecorded(Guid.NewGuid(), dee, ticket, new DateOnly(2026, 5, 1), "sue") { EventId = Id,
                Sequence = 3, OccurredAt = Now, RecordedAt = Now },
            new AgentsMerged(dee, dora, "sue") { EventId = Id, Sequence = 4, OccurredAt = Now, RecordedAt = Now });

        // Assigned to the record that was merged away, the ticket is the kept one's.
        await Eventually.Async(async () => (await app.CallAsync(
            "POST", $"tickets/{ticket}/assign", new { agentId = dora }, app.Admin)).IsSuccessStatusCode);
        var seen = await app.GetAsync($"tickets/{ticket}", TestTokens.Shared.Supervisor("north"));
        Assert.Equal(dee, (Guid)seen["agentId"]!);
        Assert.Equal(ticket, (Guid)Assert.Single(
            (await app.GetAsync("tickets?coached=true"))["items"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task New_assignees_are_told_with_their_names()
    {
        await app.ImportAsync("id,status,at,agent,type,title\nZ1,Open,2026-05-01T10:00:00Z,Zoë Müller,,");
        await using var session = app.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var agent = await app.Database.ScalarAsync<Guid>("select agent_id from assignee where name = 'Zoë Müller'");
        var facts = await AssigneeFeed.Definition(app.Database.DataSource)
            .Translate(await session.Events.FetchStreamAsync(agent), session, default);
        var fact = Assert.IsType<AssigneeDiscovered>(Assert.Single(facts));
        Assert.Equal((agent, "log", "Zoë Müller"), (fact.AgentId, fact.Source, fact.Name));
        Assert.DoesNotContain("Zo", await app.Database.ScalarAsync<string>(
            "select string_agg(data::text, '') from mt_events where type = 'assignee_discovered'"));
    }

    private async Task TakeInAsync(params CoachingFact[] facts)
    {
        await using var session = app.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        await new CoachingFacts().HandleAsync(facts, session, default);
        await session.SaveChangesAsync();
    }
}
