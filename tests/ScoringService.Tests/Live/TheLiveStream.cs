using System.Net;
using System.Text.Json;
using Performance.Scoring.Live;
using Performance.Testing;

namespace Performance.Scoring;

public sealed class TheLiveStream(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly DateTimeOffset At = new(2024, 1, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_agent_hears_of_the_own_keys_only()
    {
        var (ann, bob) = (Guid.NewGuid(), Guid.NewGuid());
        using var stream = await EventStream.OpenAsync(host.Client(host.Tokens.Agent(ann)), "?topics=my");
        await host.HappenedAsync([Happening.Call(bob, At)]);
        await host.HappenedAsync([Happening.Call(ann, At)]);
        var heard = await stream.NextAsync();
        Assert.Equal(("my", $"[\"{ann}\"]"), (heard.Name, heard.Data));
    }

    [Fact]
    public async Task A_supervisor_hears_of_the_own_teams_and_an_admin_of_everybody_but_not_of_my()
    {
        var (ann, bob) = (Guid.NewGuid(), Guid.NewGuid());
        var team = $"t{Guid.NewGuid():n}";
        await host.KnowsAsync(ann, "Ann", team);
        await host.KnowsAsync(bob, "Bob", "others");
        using var supervisor = await EventStream.OpenAsync(
            host.Client(host.Tokens.Supervisor(team)), "?topics=scorecard");
        using var admin = await EventStream.OpenAsync(host.Client(host.Tokens.Admin()));
        await host.HappenedAsync([Happening.Call(ann, At)]);
        await host.HappenedAsync(new Story(agent: bob));
        Assert.Equal("scorecard", (await HearAsync(admin, bob)).Name);
        await host.HappenedAsync(new Story(agent: ann));
        Assert.Equal([ann.ToString()], Keys(await supervisor.NextAsync()));
    }

    [Fact]
    public async Task It_resumes_after_the_last_event_id()
    {
        var ann = Guid.NewGuid();
        var client = host.Client(host.Tokens.Agent(ann));
        string? id;
        using (var stream = await EventStream.OpenAsync(client, "?topics=my"))
        {
            await host.HappenedAsync([Happening.Call(ann, At)]);
            id = (await stream.NextAsync()).Id;
        }

        var position = await host.HappenedAsync([Happening.Call(ann, At)]);
        using var resumed = await EventStream.OpenAsync(client, "?topics=my", id);
        var missed = await resumed.NextAsync();
        Assert.Equal(("my", (position * 8).ToString()), (missed.Name, missed.Id));
    }

    [Theory]
    [InlineData("not a number")]
    [InlineData("99999999999")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData("801")]
    public async Task An_unknown_last_event_id_is_answered_with_reset(string lastEventId)
    {
        using var stream = await EventStream.OpenAsync(
            host.Client(host.Tokens.Agent(Guid.NewGuid())), "", lastEventId);
        Assert.Equal("reset", (await stream.NextAsync()).Name);
    }

    [Fact]
    public async Task A_lost_announcement_connection_resets_everybody_and_goes_on()
    {
        var ann = Guid.NewGuid();
        using var stream = await EventStream.OpenAsync(host.Client(host.Tokens.Agent(ann)), "?topics=my");
        await host.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = $1
            """, LiveHub.ConnectionName);
        Assert.Equal("reset", (await stream.NextAsync()).Name);
        await host.HappenedAsync([Happening.Call(ann, At)]);
        Assert.Equal("my", (await stream.NextAsync()).Name);
    }

    [Fact]
    public void A_key_is_told_at_once_and_then_at_most_four_times_a_second_and_no_id_runs_ahead_of_what_is_told()
    {
        var clock = new ManualClock();
        var subscription = new Subscription(new HashSet<string> { "my" }, clock);
        Notice Of(long sequence, params string[] keys) => new(sequence, new Dictionary<string, string[]>
        {
            ["my"] = keys, ["scorecard"] = ["of no interest"]
        });
        (string Keys, long Safe) Told()
        {
            var telling = subscription.Take();
            return (string.Join(',', telling.Topics.SelectMany(t => t.Keys)), telling.SafeSequence);
        }

        subscription.Offer(Of(10, "a"));
        Assert.Equal(("a", 10), Told());
        clock.Advance(TimeSpan.FromMilliseconds(100));
        subscription.Offer(Of(11, "a"));
        subscription.Offer(Of(12, "a", "b"));
        Assert.Equal(("b", 10), Told());
        clock.Advance(TimeSpan.FromMilliseconds(149));
        Assert.Equal(("", 10), Told());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("a", 12), Told());
        Assert.Equal(("", 12), Told());
    }

    [Fact]
    public async Task Who_sees_only_own_data_is_not_woken_by_the_changes_of_others()
    {
        var subscription = new Subscription(new HashSet<string> { "my" }, TimeProvider.System);
        subscription.Only(new HashSet<string> { "a" });
        void Change(long sequence, string key) => subscription.Offer(
            new Notice(sequence, new Dictionary<string, string[]> { ["my"] = [key] }));

        Change(10, "b");
        var woken = subscription.WaitAsync(TimeSpan.FromMinutes(1), default);
        Assert.False(woken.IsCompleted);
        Change(11, "a");
        await woken;

        Assert.Equal(["a"], subscription.Take().Topics.SelectMany(t => t.Keys));
        Change(12, Changes.All);
        Assert.Equal([Changes.All], subscription.Take().Topics.SelectMany(t => t.Keys));
    }

    [Fact]
    public async Task An_unknown_topic_is_refused()
    {
        var problem = await host.Client(host.Tokens.Admin())
            .CallAsync(HttpMethod.Get, "/api/scoring/stream?topics=my,gossip").ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("topics", (string?)problem["field"]);
    }

    private static string[] Keys(SentEvent heard) => JsonSerializer.Deserialize<string[]>(heard.Data)!;

    private static async Task<SentEvent> HearAsync(EventStream stream, Guid key)
    {
        while (true)
        {
            var heard = await stream.NextAsync();
            Assert.NotEqual("my", heard.Name);
            if (Keys(heard).Contains(key.ToString()))
            {
                return heard;
            }
        }
    }
}
