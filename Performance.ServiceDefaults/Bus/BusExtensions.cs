using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Performance.ServiceDefaults.Bus;

/// <summary>The bus conventions of Performance.</summary>
public static class BusExtensions
{
    /// <summary>
    /// MassTransit over RabbitMQ. Settings: connection string <c>rabbitmq</c> (an amqp URI); <c>Bus:Prefix</c>, put
    /// before every queue and exchange name, lets several systems share a broker (tests); <c>Bus:Patience</c>, how
    /// long the bus may stay away from a broker that answers before the process ends (40 s).
    /// </summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="consumers">Adds the service's consumers, each with its definition beside it.</param>
    /// <param name="endpoints">Adds receive endpoints that definitions cannot express, such as feeds.</param>
    public static TBuilder AddBus<TBuilder>(
        this TBuilder builder,
        Action<IBusRegistrationConfigurator>? consumers = null,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>? endpoints = null)
        where TBuilder : IHostApplicationBuilder
    {
        var prefix = BusNames.Prefix(builder.Configuration);
        builder.Services.AddMassTransit(bus =>
        {
            // Performance tells nobody outside how it is used.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(prefix, false));
            consumers?.Invoke(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("rabbitmq")
                    ?? throw new InvalidOperationException("The connection string 'rabbitmq' is missing.")));
                rabbit.PublishTopology.BrokerTopologyOptions = PublishBrokerTopologyOptions.FlattenHierarchy;
                rabbit.MessageTopology.SetEntityNameFormatter(
                    new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, prefix));
                rabbit.ConfigureJsonSerializerOptions(options =>
                {
                    options.AllowOutOfOrderMetadataProperties = true;
                    return options;
                });
                endpoints?.Invoke(context, rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<BusWatchdog>();

        // The service is up without the broker (it reads and accepts); it publishes once the broker is back.
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = false);
        return builder;
    }
}
