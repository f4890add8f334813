using Performance.Scoring.ScorePolicies;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class WhatPipelineAndRejectionsHear(ScoringHost host) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task A_new_policy_changes_the_colours_of_one_and_the_credit_of_the_other()
    {
        using var stream = await EventStream.OpenAsync(
            host.Client(host.Tokens.Supervisor("east")), "?topics=pipeline,rejections");
        await host.Client(host.Tokens.Admin()).CallAsync(
            HttpMethod.Post, "/api/scoring/policies",
            new { effectiveFrom = "2020-01-01", policy = ScorePolicy.Default }).JsonAsync();
        SentEvent[] heard = [await stream.NextAsync(), await stream.NextAsync()];
        Assert.Equal(["pipeline", "rejections"], heard.Select(e => e.Name!).Order());
        Assert.All(heard, e => Assert.Equal("[\"*\"]", e.Data));
    }

    [Fact]
    public async Task A_label_that_is_taken_back_leaves_the_rejections()
    {
        var ann = Guid.NewGuid();
        var team = $"t{Guid.NewGuid():n}";
        await host.KnowsAsync(ann, "Ann", team);
        var story = new Story(agent: ann).IsRejected("Wrong fee");
        await host.HappenedAsync(story);
        using var stream = await EventStream.OpenAsync(
            host.Client(host.Tokens.Supervisor(team)), "?topics=rejections");
        story.LosesLabel(story.Last);
        await host.HappenedAsync([(story.TicketId, story.Events[^1])]);
        Assert.Equal($"[\"{ann}\"]", (await stream.NextAsync()).Data);
    }
}
