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
    public async Task A_service_ends_whose_endpoint_was_given_up_although_the_broker_is_back()
    {
        await using var broker = new MutedBroker();
        using var host = await StartAsync(broker);
        await Eventually.Async(() => broker.KeptBack > 0);
        await Eventually.Async(() => Health(host) == BusHealthStatus.Unhealthy);

        broker.Muted = false;

        try
        {
            var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            await Eventually.Async(() => lifetime.ApplicationStopping.IsCancellationRequested);
            Assert.Equal(1, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task A_service_goes_on_whose_endpoints_work()
    {
        await using var broker = new MutedBroker { Muted = false };
        using var host = await StartAsync(broker);
        await Eventually.Async(() => Health(host) == BusHealthStatus.Healthy);

        await Task.Delay(TimeSpan.FromSeconds(4));

        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        await host.StopAsync();
    }

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
