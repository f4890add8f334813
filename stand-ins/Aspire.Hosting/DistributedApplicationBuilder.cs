using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Builds an application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _inner;
    private readonly EntryPointHook? _hook = EntryPointHook.Current.Value;

    /// <summary>Begins an application.</summary>
    /// <param name="args">Command-line arguments.</param>
    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Begins an application.</summary>
    /// <param name="options">Options.</param>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        _hook?.Constructing(options, settings);
        _inner = new HostApplicationBuilder(settings);
        AppHostDirectory = Path.GetFullPath(options.ProjectDirectory ?? _inner.Environment.ContentRootPath);
        AppHostAssembly = options.Assembly;
        AddServices(options);
        _hook?.Constructed(this);
    }

    /// <inheritdoc />
    public ConfigurationManager Configuration => _inner.Configuration;

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <inheritdoc />
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc />
    public IHostEnvironment Environment => _inner.Environment;

    /// <inheritdoc />
    public IServiceCollection Services => _inner.Services;

    /// <inheritdoc />
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; } =
        new(DistributedApplicationOperation.Run);

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.FirstOrDefault(r => ResourceName.Same(r.Name, resource.Name)) is { } existing)
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource " +
                $"of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource =>
        new ResourceBuilder<T>(this, resource);

    /// <inheritdoc />
    public DistributedApplication Build()
    {
        _hook?.Building(this);
        var application = new DistributedApplication(_inner.Build());
        _hook?.Built(application);
        return application;
    }

    private void AddServices(DistributedApplicationOptions options)
    {
        _inner.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        _inner.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _inner.Logging.AddConfiguration(Configuration.GetSection("Logging"));
        Configuration.AddInMemoryCollection([
            new("AppHost:Directory", AppHostDirectory),
            new("AppHost:DashboardApplicationName",
                options.DashboardApplicationName ?? _inner.Environment.ApplicationName),
        ]);

        // Stopping in order takes as long as the slowest chain of processes: each has up to 20 s.
        Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(90));
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(s => new ResourceCommandService(s.GetRequiredService<ResourceNotificationService>(), s));
        Services.AddHealthChecks();
        Services.AddHttpClient();
        Services.AddSingleton<DataFolder>();
        Services.AddSingleton<ProcessRegistry>();
        Services.AddSingleton<PortAllocator>();
        Services.AddSingleton<ContainerEngine>();
        Services.AddSingleton<Configurator>();
        Services.AddSingleton<HealthMonitor>();
        Services.AddSingleton<DependencyWaiter>();
        Services.AddSingleton<Orchestrator>();

        // Stopped in the opposite order: whoever reports outlives what it reports on.
        if (!options.DisableDashboard)
            DashboardHost.AddTo(Services, Configuration);
        Services.AddHostedService<ProgressReporter>();
        if (options.EnableResourceLogging)
            Services.AddHostedService<ResourceLogForwarder>();
        Services.AddHostedService(s => s.GetRequiredService<Orchestrator>());
    }
}

/// <summary>Lets a test take hold of an application that an entry point builds.</summary>
internal class EntryPointHook
{
    public static readonly AsyncLocal<EntryPointHook?> Current = new();

    public virtual void Constructing(
        DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
    }

    public virtual void Constructed(DistributedApplicationBuilder builder)
    {
    }

    public virtual void Building(DistributedApplicationBuilder builder)
    {
    }

    public virtual void Built(DistributedApplication application)
    {
    }
}
