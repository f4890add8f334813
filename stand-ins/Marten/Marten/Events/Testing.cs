using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Daemon;
using Marten.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marten.Events.Daemon.Coordination
{
    /// <summary>Starts and stops the daemon with the host.</summary>
    public interface IProjectionCoordinator : JasperFx.Events.Daemon.IProjectionCoordinator;
}

namespace Marten.Events
{
    /// <summary>For tests: waiting until projections have caught up.</summary>
    public static class TestingExtensions
    {
        /// <summary>Waits until asynchronous projections and subscriptions have reached the events of now.</summary>
        /// <exception cref="TimeoutException">They have not, in time; or there are no events.</exception>
        public static Task WaitForNonStaleProjectionDataAsync(this IHost host, TimeSpan timeout)
            => host.Services.GetRequiredService<IDocumentStore>().WaitForNonStaleProjectionDataAsync(timeout);

        /// <inheritdoc cref="WaitForNonStaleProjectionDataAsync(IHost,TimeSpan)"/>
        public static Task WaitForNonStaleProjectionDataAsync(this IDocumentStore store, TimeSpan timeout)
            => store.Storage.Database.WaitForNonStaleProjectionDataAsync(timeout);

        /// <inheritdoc cref="WaitForNonStaleProjectionDataAsync(IHost,TimeSpan)"/>
        public static Task WaitForNonStaleProjectionDataAsync(this IMartenDatabase database, TimeSpan timeout)
            => ((MartenDatabase)database).WaitForAllAsync(timeout);
    }
}

namespace Marten
{
    /// <summary>The store and its daemons, by way of the host.</summary>
    public static class HostExtensions
    {
        public static IDocumentStore DocumentStore(this IHost host)
            => host.Services.GetRequiredService<IDocumentStore>();

        public static IDocumentStore DocumentStore(this IServiceProvider services)
            => services.GetRequiredService<IDocumentStore>();

        public static Task PauseAllDaemonsAsync(this IHost host)
            => host.Services.GetRequiredService<IProjectionCoordinator>().PauseAsync();

        public static Task ResumeAllDaemonsAsync(this IHost host)
            => host.Services.GetRequiredService<IProjectionCoordinator>().ResumeAsync();

        /// <summary>For tests: the daemon needs no locks.</summary>
        public static IServiceCollection MartenDaemonModeIsSolo(this IServiceCollection services)
            => services.ConfigureMarten(options => options.Projections.AsyncMode = DaemonMode.Solo);

        public static async Task CleanAllMartenDataAsync(this IHost host)
        {
            var store = host.DocumentStore();
            await store.Advanced.Clean.DeleteAllDocumentsAsync().ConfigureAwait(false);
            await store.Advanced.Clean.DeleteAllEventDataAsync().ConfigureAwait(false);
        }

        /// <summary>Stops the daemons, empties the store, puts the initial data in, and starts the daemons.</summary>
        public static async Task ResetAllMartenDataAsync(this IHost host)
        {
            var coordinator = host.Services.GetService<IProjectionCoordinator>();
            if (coordinator is not null)
                await coordinator.PauseAsync().ConfigureAwait(false);
            await host.DocumentStore().Advanced.ResetAllData().ConfigureAwait(false);
            if (coordinator is not null)
                await coordinator.ResumeAsync().ConfigureAwait(false);
        }
    }
}
