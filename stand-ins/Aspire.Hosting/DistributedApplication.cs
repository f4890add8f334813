using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several processes and servers.</summary>
/// <param name="host">Its host.</param>
public class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private readonly IHost _host = host;
    private bool _running;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>States of its resources.</summary>
    public ResourceNotificationService ResourceNotifications =>
        Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Commands on its resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Begins an application without arguments.</summary>
    /// <returns>Its builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins an application.</summary>
    /// <param name="args">Command-line arguments.</param>
    /// <returns>Its builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) =>
        new DistributedApplicationBuilder(args);

    /// <summary>Begins an application.</summary>
    /// <param name="options">Options.</param>
    /// <returns>Its builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) =>
        new DistributedApplicationBuilder(options);

    /// <summary>Starts everything; returns while resources may still be starting.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>When started.</returns>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var model = Services.GetRequiredService<DistributedApplicationModel>();
        await Services.GetRequiredService<IDistributedApplicationEventing>()
            .PublishAsync(new BeforeStartEvent(Services, model), cancellationToken).ConfigureAwait(false);
        _running = true;
        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops everything, users of a resource before the resource.</summary>
    /// <param name="cancellationToken">Ends the patience.</param>
    /// <returns>When stopped.</returns>
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _host.StopAsync(cancellationToken).ConfigureAwait(false);
        _running = false;
    }

    /// <summary>Starts everything and waits for the end (Ctrl-C, SIGTERM).</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When stopped.</returns>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            await _host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
            _running = false;
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Starts everything and waits for the end (Ctrl-C, SIGTERM).</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc />
    public virtual void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stops what still runs.</summary>
    /// <returns>When stopped.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        if (_running)
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else
            _host.Dispose();
        GC.SuppressFinalize(this);
    }
}
