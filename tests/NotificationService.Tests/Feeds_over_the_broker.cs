using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Performance.Contracts;
using Performance.ServiceDefaults.Bus;
using Performance.Testing;

namespace Performance.Notifications;

/// <summary>TicketService's and CoachingService's sides of the feeds, over the real broker.</summary>
public sealed class Feeds_over_the_broker(NotificationApp app) : IClassFixture<NotificationApp>, IAsyncLifetime
{
    private static readonly Guid Epoch = Guid.NewGuid();
    private IHost host = null!;

    public async Task InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(app.Broker.Settings);
        builder.AddBus();
        host = builder.Build();
        await host.StartAsync();
        await ReadyAsync(host.Services);
        await ReadyAsync(app.Services);
    }

    public async Task DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    [Fact]
    public async Task An_assignment_delivered_twice_and_across_a_restart_makes_one_entry_and_one_mail()
    {
        var lee = Guid.NewGuid();
        await PublishAsync(new FeedPage<CoachingFact>("coaching", Epoch, 0, 1,
        [
            new AgentChanged(lee, "Lee", "lee@example.org", "north", "sales", "US", true)
            {
                EventId = Guid.NewGuid(), Sequence = 1, OccurredAt = Given.Now, RecordedAt = Given.Now
            }
        ]));
        var first = Given.Assigned(lee, recordedAt: app.Clock.GetUtcNow());
        var page = new FeedPage<TicketFact>("tickets", Epoch, 0, 2, [first]);
        await PublishAsync(page);
        await PublishAsync(page);
        await app.DeliveryAsync(first.TicketId, "Sent");

        await app.StopAsync();
        await PublishAsync(page);
        app.Start();
        await ReadyAsync(app.Services);
        var second = Given.Assigned(lee, recordedAt: app.Clock.GetUtcNow()) with { Sequence = 5 };
        await PublishAsync(page);
        await PublishAsync(new FeedPage<TicketFact>("tickets", Epoch, 2, 5, [second]));
        await app.DeliveryAsync(second.TicketId, "Sent");

        var inbox = await app.CallAsync("GET", "inbox", null, TestTokens.Shared.Agent(lee)).JsonAsync();
        Assert.Equal((2, 2), (inbox["total"]!.GetValue<int>(), inbox["unread"]!.GetValue<int>()));
        Assert.Equal((1, 1), (app.MailsAbout(first.TicketId), app.MailsAbout(second.TicketId)));
        Assert.Equal(2, app.Mails().Count);
    }

    private static Task ReadyAsync(IServiceProvider services) => Eventually.Async(
        () => services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy);

    private Task PublishAsync<TFact>(FeedPage<TFact> page)
        where TFact : Fact => host.Services.GetRequiredService<IBus>().Publish(page);
}
