using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Performance.Contracts;
using Performance.ServiceDefaults.Bus;
using Performance.Testing;

namespace Performance.Coaching;

/// <summary>TicketService's and ScoringService's sides of the feeds, over the real broker.</summary>
public sealed class Feeds_over_the_broker(CoachingApp app) : IClassFixture<CoachingApp>, IAsyncLifetime
{
    private readonly Guid epoch = Guid.NewGuid();
    private readonly ConcurrentQueue<FeedPage<CoachingFact>> pages = new();
    private IHost host = null!;

    public async Task InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(app.Broker.Settings);
        builder.Services.AddSingleton(pages);
        builder.AddBus(bus => bus.AddConsumer<Collector>());
        host = builder.Build();
        await host.StartAsync();
        foreach (var services in new[] { host.Services, app.Services })
        {
            await Eventually.Async(() => services.GetRequiredService<IBusControl>().CheckHealth().Status
                == BusHealthStatus.Healthy);
        }
    }

    public async Task DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    [Fact]
    public async Task An_assignee_of_an_import_becomes_one_agent_however_often_it_is_heard_of()
    {
        var (jane, known) = (Guid.NewGuid(), await app.NewAgentAsync("north"));
        var page = Page(0, 3, Discovered(jane, "Jane Doe", 1), Discovered(known, "Somebody", 2),
            Discovered(jane, "Jane Doe", 3));
        await PublishAsync(page);
        await PublishAsync(page);
        await Eventually.ValueAsync(
            () => app.GetAsync($"agents/{jane}"), agent => agent["name"]!.GetValue<string>() == "Jane Doe");

        var last = Guid.NewGuid();
        await PublishAsync(page);
        await PublishAsync(Page(3, 4, Discovered(last, "Last One", 4)));
        var agent = await Eventually.ValueAsync(
            () => app.GetAsync($"agents/{last}"), found => found["name"]!.GetValue<string>() == "Last One");
        Assert.Null(agent["teamId"]);
        Assert.Equal(1, await app.Database.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1", jane));
        Assert.Equal($"Agent {known}", (await app.GetAsync($"agents/{known}"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Others_learn_of_changes_in_order_with_names_as_they_are()
    {
        var (id, other) = (Guid.NewGuid(), await app.NewAgentAsync());
        await app.PutAsync($"agents/{id}", new { name = "Learnt Of", email = "l@example.org", teamId = "north" });
        await app.PutAsync($"attendance/{id}/2026-01", new { percent = 92.5m });
        await app.PutAsync($"ramp/{id}", new { hireMonth = "2025-12" });
        await app.PutAsync($"goals/{id}", new { metric = "payments", amount = 10, currency = "USD", from = "2026-01" });
        await app.PostAsync("sessions", new { agentId = id, date = "2026-01-15", notes = "Secret notes" });
        await app.PostAsync("agents/merge", new { keep = id, merge = other });

        var facts = await Eventually.ValueAsync(
            () => Task.FromResult(FactsOf(id)), found => found.Any(f => f is AgentsMerged));
        Assert.Equal(
            [
                typeof(AgentChanged), typeof(AgentChanged), typeof(AttendanceRecorded), typeof(RampPlanSet),
                typeof(GoalSet), typeof(SessionRecorded), typeof(AgentsMerged)
            ],
            facts.Select(f => f.GetType()));
        var changed = (AgentChanged)facts[1];
        Assert.Equal(("Learnt Of", "l@example.org", "north", "sales", true), (
            changed.Name, changed.Email, changed.TeamId, changed.DepartmentId, changed.Active));
        Assert.Equal((new DateOnly(2026, 1, 1), 92.5m), (
            ((AttendanceRecorded)facts[2]).Month, ((AttendanceRecorded)facts[2]).Percent!.Value));
        Assert.Equal(facts.Select(f => f.Sequence).Order(), facts.Select(f => f.Sequence));
        Assert.DoesNotContain(facts, f => f.ToString().Contains("Secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Others_learn_that_a_session_was_answered_and_a_review_went_on_and_no_more()
    {
        var agent = await app.NewAgentAsync("north");
        var id = Guid.NewGuid();
        await app.PostAsync("sessions", new
        {
            id, agentId = agent, date = "2026-01-15", notes = "Secret notes", actionItem = new { text = "Secret item" }
        });
        await app.PostAsync($"sessions/{id}/action-item", new { done = true });
        await app.PostAsync("weekly-reviews/2026-W02/steps/3", new { done = true, note = "Secret note" });
        await app.PostAsync("weekly-reviews/2026-W02/steps/3", new { done = false });
        var facts = await Eventually.ValueAsync(
            () => Task.FromResult(pages.SelectMany(p => p.Facts).DistinctBy(f => f.EventId)
                .Where(f => f is ReviewMarked or SessionAnswered).ToList()), found => found.Count >= 3);
        Assert.Equal(agent, facts.OfType<SessionAnswered>().Single(f => f.SessionId == id).AgentId);
        Assert.Equal(["2026-W02", "2026-W02"], facts.OfType<ReviewMarked>().Select(f => f.Week));
        Assert.DoesNotContain(facts, f => f.ToString().Contains("Secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_teams_move_to_another_department_moves_its_members()
    {
        await app.PutAsync("teams/east", new { name = "East", departmentId = "sales" });
        var member = await app.NewAgentAsync("east");
        await app.PutAsync("teams/east", new { name = "East", departmentId = "service" });
        await Eventually.ValueAsync(
            () => Task.FromResult(FactsOf(member)),
            facts => facts.LastOrDefault() is AgentChanged { DepartmentId: "service" });
    }

    private List<CoachingFact> FactsOf(Guid agent) => pages.SelectMany(p => p.Facts).Where(fact => fact switch
        {
            AgentChanged f => f.AgentId == agent,
            AttendanceRecorded f => f.AgentId == agent,
            RampPlanSet f => f.AgentId == agent,
            GoalSet f => f.AgentId == agent,
            SessionRecorded f => f.AgentId == agent,
            AgentsMerged f => f.Kept == agent,
            _ => false
        })
        .DistinctBy(f => f.EventId).OrderBy(f => f.Sequence).ToList();

    private Task PublishAsync(FeedPage<AssigneeFact> page) => host.Services.GetRequiredService<IBus>().Publish(page);

    private FeedPage<AssigneeFact> Page(long after, long upTo, params AssigneeFact[] facts) =>
        new("assignees", epoch, after, upTo, facts);

    private static AssigneeDiscovered Discovered(Guid agent, string name, long sequence) =>
        new(agent, "servicenow", name)
        {
            EventId = Guid.NewGuid(), Sequence = sequence, OccurredAt = Given.Now, RecordedAt = Given.Now
        };

    internal sealed class Collector(ConcurrentQueue<FeedPage<CoachingFact>> pages) : IConsumer<FeedPage<CoachingFact>>
    {
        public Task Consume(ConsumeContext<FeedPage<CoachingFact>> context)
        {
            pages.Enqueue(context.Message);
            return Task.CompletedTask;
        }
    }
}
