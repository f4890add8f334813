using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Events.Projections;
using Marten.Internal.Daemon;
using Marten.Internal.Hosting;
using Marten.Internal.Projections;
using Marten.Schema;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten;

/// <summary>Registers a store with the host.</summary>
public static class MartenServiceCollectionExtensions
{
    /// <summary>Changes the options of the registered store, with access to services.</summary>
    public static IServiceCollection ConfigureMarten(this IServiceCollection services,
        Action<IServiceProvider, StoreOptions> configure)
        => services.AddSingleton<IConfigureMarten>(new LambdaConfigureMarten(configure));

    public static IServiceCollection ConfigureMarten(this IServiceCollection services,
        Action<StoreOptions> configure)
        => services.ConfigureMarten((_, options) => configure(options));

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services)
        => services.AddMarten(new StoreOptions());

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services, string connectionString)
        => services.AddMarten(options => options.Connection(connectionString));

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services,
        Action<StoreOptions> configure)
    {
        var options = new StoreOptions();
        configure(options);
        return services.AddMarten(options);
    }

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services, StoreOptions options)
        => services.AddMarten(_ => options);

    public static MartenConfigurationExpression AddMarten(this IServiceCollection services,
        Func<IServiceProvider, StoreOptions> optionSource)
    {
        services.AddSingleton(provider =>
        {
            var options = optionSource(provider);
            foreach (var configure in provider.GetServices<IConfigureMarten>())
                configure.Configure(provider, options);
            options.InitialData.AddRange(provider.GetServices<IInitialData>());
            options.LogFactory ??= provider.GetService<ILoggerFactory>();
            return options;
        });
        services.AddSingleton<IDocumentStore>(
            provider => new DocumentStore(provider.GetRequiredService<StoreOptions>()));
        services.AddSingleton<ISessionFactory, LightweightSessionFactory>();
        services.AddScoped(provider => provider.GetRequiredService<ISessionFactory>().QuerySession());
        services.AddScoped(provider => provider.GetRequiredService<ISessionFactory>().OpenSession());
        return new MartenConfigurationExpression(services);
    }

    /// <summary>Further configuration of a registered store.</summary>
    public class MartenConfigurationExpression
    {
        internal MartenConfigurationExpression(IServiceCollection services) => Services = services;

        public IServiceCollection Services { get; }

        public MartenConfigurationExpression BuildSessionsWith<T>(
            ServiceLifetime lifetime = ServiceLifetime.Singleton) where T : class, ISessionFactory
        {
            Services.Add(new ServiceDescriptor(typeof(ISessionFactory), typeof(T), lifetime));
            return this;
        }

        /// <summary>Scoped sessions do not track what they load.</summary>
        public MartenConfigurationExpression UseLightweightSessions() => BuildSessionsWith<LightweightSessionFactory>();

        public MartenConfigurationExpression UseIdentitySessions() => BuildSessionsWith<IdentitySessionFactory>();

        /// <summary>Creates and changes tables before the host starts.</summary>
        public MartenConfigurationExpression ApplyAllDatabaseChangesOnStartup()
        {
            EnsureActivator();
            Services.ConfigureMarten(options => options.ShouldApplyChangesOnStartup = true);
            return this;
        }

        /// <summary>Runs asynchronous projections and subscriptions in this process.</summary>
        public MartenConfigurationExpression AddAsyncDaemon(DaemonMode mode)
        {
            Services.ConfigureMarten(options => options.Projections.AsyncMode = mode);
            if (mode is not (DaemonMode.Solo or DaemonMode.HotCold)
                || Services.Any(s => s.ServiceType == typeof(Events.Daemon.Coordination.IProjectionCoordinator)))
            {
                return this;
            }
            Services.AddSingleton<Events.Daemon.Coordination.IProjectionCoordinator, ProjectionCoordinator>();
            Services.AddSingleton<IHostedService>(provider
                => provider.GetRequiredService<Events.Daemon.Coordination.IProjectionCoordinator>());
            Services.AddSingleton<IProjectionCoordinator>(provider
                => provider.GetRequiredService<Events.Daemon.Coordination.IProjectionCoordinator>());
            return this;
        }

        /// <summary>Takes the connection pool from the services.</summary>
        public MartenConfigurationExpression UseNpgsqlDataSource(object? serviceKey = null)
        {
            Services.ConfigureMarten((provider, options) => options.Connection(serviceKey is null
                ? provider.GetRequiredService<NpgsqlDataSource>()
                : provider.GetRequiredKeyedService<NpgsqlDataSource>(serviceKey)));
            return this;
        }

        public MartenConfigurationExpression InitializeWith(params IInitialData[] data)
        {
            EnsureActivator();
            Services.ConfigureMarten(options => options.InitialData.AddRange(data));
            return this;
        }

        public MartenConfigurationExpression InitializeWith<T>() where T : class, IInitialData
        {
            EnsureActivator();
            Services.AddSingleton<IInitialData, T>();
            return this;
        }

        public MartenConfigurationExpression AddProjectionWithServices<T>(ProjectionLifecycle lifecycle,
            ServiceLifetime lifetime, Action<ProjectionBase>? configure = null) where T : class, IMartenRegistrable
        {
            T.Register<T>(Services, lifecycle, lifetime, configure);
            return this;
        }

        public MartenConfigurationExpression AddProjectionWithServices<T>(ProjectionLifecycle lifecycle,
            ServiceLifetime lifetime, string projectionName) where T : class, IMartenRegistrable
            => AddProjectionWithServices<T>(lifecycle, lifetime, projection => projection.Name = projectionName);

        public MartenConfigurationExpression AddSubscriptionWithServices<T>(ServiceLifetime lifetime,
            Action<ISubscriptionOptions>? configure = null) where T : class, ISubscription
        {
            if (lifetime == ServiceLifetime.Singleton)
            {
                Services.AddSingleton<T>();
                Services.ConfigureMarten((provider, options)
                    => options.Projections.Subscribe(provider.GetRequiredService<T>(), configure));
            }
            else
            {
                Services.AddScoped<T>();
                Services.ConfigureMarten((provider, options)
                    => options.Projections.Subscribe(new ScopedSubscription<T>(provider), configure));
            }
            return this;
        }

        private void EnsureActivator()
        {
            if (!Services.Any(s => s.ImplementationType == typeof(MartenActivator)))
                Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, MartenActivator>());
        }
    }
}
