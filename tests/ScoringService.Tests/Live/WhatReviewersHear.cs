using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>What moves no number still changes the pages of those who look at it.</summary>
public sealed class WhatReviewersHear(ScoringHost host) : IClassFixture<ScoringHost>
{
    private const string Topics = "?topics=coaching,reviews";

    [Fact]
    public async Task An_answered_session_is_told_to_the_agent_and_those_who_oversee_it_and_nobody_else()
    {
        var (ann, bob) = (Guid.NewGuid(), Guid.NewGuid());
        await host.KnowsAsync(ann, "Ann", "north");
        await host.KnowsAsync(bob, "Bob", "south");
        using var agent = await EventStream.OpenAsync(host.Client(host.Tokens.Agent(ann)), Topics);
        using var supervisor = await EventStream.OpenAsync(host.Client(host.Tokens.Supervisor("north")), Topics);
        using var other = await EventStream.OpenAsync(host.Client(host.Tokens.Agent(bob)), Topics);
        await host.HappenedAsync([Answered(ann)]);
        await host.HappenedAsync([Answered(bob)]);
        Assert.Equal(("coaching", $"[\"{ann}\"]"), Told(await agent.NextAsync()));
        Assert.Equal(("coaching", $"[\"{ann}\"]"), Told(await supervisor.NextAsync()));
        Assert.Equal(("coaching", $"[\"{bob}\"]"), Told(await other.NextAsync()));
    }

    [Fact]
    public async Task A_review_that_goes_on_is_told_by_its_week_to_those_who_oversee_anybody()
    {
        var ann = Guid.NewGuid();
        await host.KnowsAsync(ann, "Ann", "north");
        using var agent = await EventStream.OpenAsync(host.Client(host.Tokens.Agent(ann)), Topics);
        using var head = await EventStream.OpenAsync(host.Client(host.Tokens.DepartmentHead("claims")), Topics);
        await host.HappenedAsync([Reviewed("2026-W47")]);
        await host.HappenedAsync([Answered(ann)]);
        Assert.Equal(("reviews", "[\"2026-W47\"]"), Told(await head.NextAsync()));
        Assert.Equal("coaching", (await agent.NextAsync()).Name);
    }

    private static (string?, string?) Told(SentEvent sent) => (sent.Name, sent.Data);

    private static (Guid, object) Answered(Guid agent) => CoachingTranslation.Of(
        new SessionAnswered(Guid.NewGuid(), agent)
        {
            EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = Story.Beginning, RecordedAt = Story.Beginning
        })!.Value;

    private static (Guid, object) Reviewed(string week) => CoachingTranslation.Of(new ReviewMarked(week)
    {
        EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = Story.Beginning, RecordedAt = Story.Beginning
    })!.Value;
}
