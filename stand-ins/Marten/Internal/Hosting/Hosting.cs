using Marten.Services;
using Microsoft.Extensions.Hosting;

namespace Marten.Internal.Hosting;

internal sealed class LambdaConfigureMarten(Action<IServiceProvider, StoreOptions> configure) : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options) => configure(services, options);
}

internal sealed class LightweightSessionFactory(IDocumentStore store) : SessionFactoryBase(store)
{
    public override SessionOptions BuildOptions() => new() { Tracking = DocumentTracking.None };
}

internal sealed class IdentitySessionFactory(IDocumentStore store) : SessionFactoryBase(store)
{
    public override SessionOptions BuildOptions() => new() { Tracking = DocumentTracking.IdentityOnly };
}

/// <summary>Prepares the database before the other hosted services start.</summary>
internal sealed class MartenActivator(IDocumentStore store, StoreOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.ShouldApplyChangesOnStartup)
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync().ConfigureAwait(false);
        foreach (var data in options.InitialData)
            await data.Populate(store, cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
