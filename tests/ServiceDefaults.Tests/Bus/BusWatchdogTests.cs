using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Performance.Testing;

namespace Performance.ServiceDefaults.Bus;

/// <summary>What happens to a service whose receive endpoint MassTransit gave up (docs/adr/0006).</summary>
public sealed class BusWatchdogTests
{
    [Fact]
    public async Task A_service_ends_whose_endpoint_was_given_up_although_the_broker_is_back_and_no_other()
    {
        await using var muted = new MutedBroker();
        await using var good = new MutedBroker { Muted = false };
        using var working = await StartAsync(good);
        using var givenUp = await StartAsync(muted);
        await Eventually.Async(() => Health(working) == BusHealthStatus.Healthy);
        await Eventually.Async(() => muted.KeptBack > 0 && Health(givenUp) == BusHealthStatus.Unhealthy);

        muted.Muted = false;

        try
        {
            await Eventually.Async(() => Stopping(givenUp));
            Assert.Equal(1, Environment.ExitCode);
            Assert.False(Stopping(working));
        }
        finally
        {
            Environment.ExitCode = 0;
        }

        await working.StopAsync();
    }

    private static bool Stopping(IHost host) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static BusHealthStatus Health(IHost host) =>
        host.Services.GetRequiredService<IBusControl>().CheckHealth().Status;

    private static async Task<IHost> StartAsync(MutedBroker broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new TestRabbitMq().Settings);
        builder.Configuration["ConnectionStrings:rabbitmq"] = broker.Uri;
        builder.Configuration["Bus:Patience"] = "00:00:01";
        builder.AddBus(
            bus => bus.AddConsumer<Listener>(),
            (_, rabbit) => rabbit.Host(new Uri(broker.Uri), h => h.ContinuationTimeout(TimeSpan.FromSeconds(1))));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class Listener : IConsumer<Word>
    {
        public Task Consume(ConsumeContext<Word> context) => Task.CompletedTask;
    }

    public sealed record Word(string Text);
}
