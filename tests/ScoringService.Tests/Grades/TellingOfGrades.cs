using System.Collections.Concurrent;
using MassTransit;
using Marten.Events.Daemon.Coordination;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.Scoring.Grades;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>The watch over the real store: what it writes down, once, whatever happens to it.</summary>
public sealed class TellingOfGrades(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);
    private readonly SettableClock clock = new(Story.Beginning.AddDays(10));

    [Fact]
    public async Task Of_two_replicas_and_after_a_kill_a_move_is_told_once_and_a_rebuild_says_nothing_again()
    {
        var ann = Guid.NewGuid();
        await KnownAsync(ann);
        await host.HappenedAsync([new Story(agent: ann).IsRejected("X").Moves("Closed")]);

        // One that was killed before it came to a decision has told nobody; two at once tell once.
        using var killed = Watch();
        await killed.LookAsync(default);
        using var one = Watch();
        using var other = Watch();
        await one.LookAsync(default);
        await other.LookAsync(default);
        clock.Advance(Settle);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? one : other).LookAsync(default)));
        await host.UpToDateAsync();
        Assert.Equal(2, await EventsAsync(ann));
        var told = await ToldAsync(ann);
        Assert.Equal(("A", "D", GradeCause.Work), (told.Moves[0].From, told.Moves[0].To.Letter, told.Moves[0].Cause));

        // As a start with views of another version does: they come from the first event, and the watch looks on.
        var daemon = host.Services.GetRequired<IProjectionCoordinator>();
        await daemon.PauseAsync();
        await host.ExecuteAsync("update scoring_views_definition set definition = 'older'");
        await ViewTables.CreateAsync(host.Database, default);
        clock.Advance(TimeSpan.FromDays(1));
        await one.LookAsync(default);
        await daemon.ResumeAsync();
        await LookTwiceAsync(one);
        await host.UpToDateAsync();
        await LookTwiceAsync(one);
        Assert.Equal(2, await EventsAsync(ann));
    }

    [Fact]
    public async Task A_second_move_waits_for_the_next_day_and_starts_from_what_was_told()
    {
        var bob = Guid.NewGuid();
        await KnownAsync(bob);
        using var watch = Watch();
        await host.HappenedAsync([Happening.Attendance(bob, 2024, 1, 90)]);
        await LookTwiceAsync(watch);
        await host.HappenedAsync([Happening.Attendance(bob, 2024, 1, 50)]);
        await LookTwiceAsync(watch);
        Assert.Equal(2, await EventsAsync(bob));
        clock.Advance(TimeSpan.FromDays(1));
        await LookTwiceAsync(watch);
        var told = await ToldAsync(bob);
        Assert.Equal(("B", "C"), (told.Moves[0].From, told.Moves[0].To.Letter));
        Assert.Equal(3, await EventsAsync(bob));
    }

    [Fact]
    public async Task Of_a_closed_month_nothing_is_told_until_it_is_opened_again()
    {
        var cid = Guid.NewGuid();
        await KnownAsync(cid);
        var admin = host.Client(host.Tokens.Admin());
        await admin.CallAsync(HttpMethod.Post, "/api/scoring/months/2024-01/close").JsonAsync();
        await host.HappenedAsync([new Story(agent: cid).IsRejected("X").Moves("Closed")]);
        using var watch = Watch();
        await LookTwiceAsync(watch);
        Assert.Empty(await MovesAsync(cid));

        await admin.CallAsync(
            HttpMethod.Post, "/api/scoring/months/2024-01/reopen", new { reason = "an import was missing" })
            .JsonAsync();
        await host.UpToDateAsync();
        await LookTwiceAsync(watch);
        Assert.Equal(GradeCause.Reopening, (await ToldAsync(cid)).Moves[0].Cause);
    }

    [Fact]
    public async Task A_policy_is_told_as_the_cause_over_the_feed_and_again_on_request()
    {
        var dan = Guid.NewGuid();
        await KnownAsync(dan);
        await Eventually.Async(() => host.Services.GetRequired<IBusControl>().CheckHealth().Status
            == BusHealthStatus.Healthy);
        var pages = new ConcurrentQueue<FeedPage<GradeFact>>();
        var handle = host.Services.GetRequired<IBusControl>().ConnectReceiveEndpoint(
            $"{host.Rabbit.Prefix}-heard",
            endpoint => endpoint.Handler<FeedPage<GradeFact>>(context =>
            {
                pages.Enqueue(context.Message);
                return Task.CompletedTask;
            }));
        await handle.Ready;
        await PublishAsync(ScorePolicy.Default with { GradeUpTo = [new(0m, "C")] });
        using var watch = Watch();
        await LookTwiceAsync(watch);

        GradesMoved[] Heard() => [.. pages.SelectMany(p => p.Facts).OfType<GradesMoved>().Where(f => f.AgentId == dan)];
        await Eventually.Async(() => Heard().Length > 0);
        var moved = Heard()[0].Months[0];
        Assert.Equal(("A", "C", GradeCause.Policy), (moved.From, moved.To, moved.Cause));
        await host.Services.GetRequired<IBus>().Publish(new ReplayRequested("grades", "a-test", 0));
        await Eventually.Async(() => pages.Any(p => p.After == 0 && p.Facts.Any(f => f.EventId == Heard()[0].EventId)));
        Assert.Single(Heard().Select(f => f.EventId).Distinct());
        await handle.StopAsync(CancellationToken.None);
        await PublishAsync(ScorePolicy.Default);
    }

    private async Task PublishAsync(ScorePolicy policy)
    {
        await host.Client(host.Tokens.Admin()).CallAsync(
            HttpMethod.Post, "/api/scoring/policies", new { effectiveFrom = "2024-01-05", policy }).JsonAsync();
        await host.UpToDateAsync();
    }

    /// <summary>An agent with an A of January that is written down.</summary>
    private async Task KnownAsync(Guid agent)
    {
        await host.HappenedAsync([new Story(agent: agent).Moves("Closed"), new Story(agent: agent).Moves("Closed")]);
        using var watch = Watch();
        await LookTwiceAsync(watch);
        Assert.Empty(await MovesAsync(agent));
        Assert.Equal(1, await EventsAsync(agent));
    }

    private GradeWatch Watch() => ActivatorUtilities.CreateInstance<GradeWatch>(
        host.Services, clock, new ConfigurationBuilder().AddInMemoryCollection(
            [new("Grades:Settle", Settle.ToString())]).Build());

    /// <summary>A look that sees what differs, and one after it has stood still.</summary>
    private async Task LookTwiceAsync(GradeWatch watch)
    {
        await watch.LookAsync(default);
        clock.Advance(Settle);
        await watch.LookAsync(default);
        await host.UpToDateAsync();
    }

    private Task<long> EventsAsync(Guid agent) =>
        host.ScalarAsync<long>("select count(*) from mt_events where stream_id = $1", StreamIds.Grades(agent));

    private async Task<GradesTold> ToldAsync(Guid agent) => (await MovesAsync(agent))[^1];

    private async Task<GradesTold[]> MovesAsync(Guid agent)
    {
        await using var session = host.Store.QuerySession();
        return [.. (await session.Events.FetchStreamAsync(StreamIds.Grades(agent))).Select(e => e.Data)
            .OfType<GradesTold>()];
    }
}
