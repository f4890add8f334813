using MassTransit;
using Performance.Contracts;
using Performance.Scoring.Feeds;
using Performance.Testing;

namespace Performance.Scoring;

/// <summary>Pages as the other services publish them, over RabbitMQ, until they show in a query.</summary>
public sealed class FactsOverTheBus(ScoringHost host) : IClassFixture<ScoringHost>
{
    private static readonly DateTimeOffset At = new(2024, 5, 6, 17, 0, 0, TimeSpan.Zero);
    private readonly Guid epoch = Guid.NewGuid();

    [Fact]
    public async Task Each_feed_shows_once_however_often_its_pages_come()
    {
        var (agent, ticket) = (Guid.NewGuid(), Guid.NewGuid());
        var bus = host.Services.GetRequired<IBus>();
        var tickets = new FeedPage<TicketFact>("tickets", epoch, 0, 3,
        [
            new TicketOpened(TicketKind.Imported, "clickup", "1", "Title", "Lien", "CA", "Open", At, agent)
            {
                EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = At, RecordedAt = At, TicketId = ticket, Step = 1
            },
            new TicketRejected("Wrong fee", FactOrigin.Command, "sam")
            {
                EventId = Guid.NewGuid(), Sequence = 2, OccurredAt = At, RecordedAt = At, TicketId = ticket, Step = 2
            },
            new TicketStatusChanged("Open", "Closed")
            {
                EventId = Guid.NewGuid(), Sequence = 3, OccurredAt = At, RecordedAt = At, TicketId = ticket, Step = 3
            }
        ]);
        var activity = new FeedPage<ActivityFact>("activity", epoch, 0, 4,
        [
            new PaymentCollected(12.34m, "USD", null)
            {
                EventId = Guid.NewGuid(), Sequence = 4, OccurredAt = At, RecordedAt = At, RepId = agent
            }
        ]);
        var coaching = new FeedPage<CoachingFact>("coaching", Guid.NewGuid(), 0, 2,
        [
            new AgentChanged(agent, "Ann Lee", null, "east", null, null, true)
            {
                EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = At, RecordedAt = At
            },
            new AttendanceRecorded(agent, new DateOnly(2024, 5, 1), 96m, "sam")
            {
                EventId = Guid.NewGuid(), Sequence = 2, OccurredAt = At, RecordedAt = At
            }
        ]);
        for (var time = 0; time < 2; time++)
        {
            await bus.Publish(tickets);
            await bus.Publish(activity);
            await bus.Publish(coaching);
        }

        var admin = host.Client(host.Tokens.Admin());
        var row = await Eventually.ValueAsync(
            async () => (await admin.CallAsync(HttpMethod.Get, "/api/scoring/scorecard?month=2024-05").JsonAsync())
                ["agents"]!.AsArray().SingleOrDefault(r => (string?)r!["agentId"] == agent.ToString()),
            row => (decimal?)row?["attendance"] == 96m && (string?)row["name"] == "Ann Lee"
                && (long)row["failedFirstPass"]! == 1);
        Assert.Equal((1, 1), ((int)row!["allocated"]!, (int)row["rejectEvents"]!));
        var my = await Eventually.ValueAsync(
            () => host.Client(host.Tokens.Agent(agent)).CallAsync(HttpMethod.Get, "/api/scoring/my?month=2024-05")
                .JsonAsync(),
            my => (decimal)my["cards"]![0]!["value"]! > 0);
        Assert.Equal(12.34m, (decimal)my["cards"]![0]!["value"]!);
        await host.UpToDateAsync();
        Assert.Equal(3, await host.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1", ticket));
        Assert.Equal(1, await host.ScalarAsync<long>(
            "select count(*) from mt_events where stream_id = $1", StreamIds.RepMonth(agent, At)));
    }
}
