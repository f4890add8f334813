using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Internal.Daemon;

/// <summary>
/// Runs the daemon with the host: all shards (Solo), or those whose advisory lock this process holds (HotCold). The
/// locks belong to one connection; when that breaks, another process takes over.
/// </summary>
internal sealed class ProjectionCoordinator : Marten.Events.Daemon.Coordination.IProjectionCoordinator, IAsyncDisposable
{
    private readonly StoreContext _store;
    private readonly ProjectionDaemon _daemon;
    private readonly ILogger _logger;
    private CancellationTokenSource? _stop;
    private Task _leading = Task.CompletedTask;

    public ProjectionCoordinator(IDocumentStore store, ILogger<ProjectionCoordinator> logger)
    {
        _store = ((DocumentStore)store).Context;
        _logger = logger;
        _daemon = new ProjectionDaemon(_store, _store.Store.MartenDatabase.Tracker, logger);
    }

    private DaemonSettings Settings => _store.Options.Projections;

    public IProjectionDaemon DaemonForMainDatabase() => _daemon;

    public ValueTask<IProjectionDaemon> DaemonForDatabase(string databaseIdentifier) => new(_daemon);

    public ValueTask<IReadOnlyList<IProjectionDaemon>> AllDaemonsAsync() => new([_daemon]);

    public Task StartAsync(CancellationToken cancellationToken) => ResumeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => PauseAsync();

    public Task ResumeAsync()
    {
        if (_stop is not null || Settings.AsyncMode is not (DaemonMode.Solo or DaemonMode.HotCold))
            return Task.CompletedTask;
        _stop = new CancellationTokenSource();
        var token = _stop.Token;
        _leading = Task.Run(() => Settings.AsyncMode == DaemonMode.Solo ? StartAllAsync(token) : LeadAsync(token),
            CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task PauseAsync()
    {
        // A host may be stopped from two sides at once; the second waits for what the first does.
        using var stop = Interlocked.Exchange(ref _stop, null);
        if (stop is not null)
            await stop.CancelAsync().ConfigureAwait(false);
        await _leading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _daemon.StopAllAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await PauseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>The same id in every process, and in Marten itself.</summary>
    internal static int LockId(string schema, ShardName name, int baseId)
        => Math.Abs(Hash($"{schema}:{name.Identity}")) + baseId;

    private static int Hash(string text)
    {
        unchecked
        {
            var first = (5381 << 16) + 5381;
            var second = first;
            for (var i = 0; i < text.Length; i += 2)
            {
                first = ((first << 5) + first) ^ text[i];
                if (i + 1 < text.Length)
                    second = ((second << 5) + second) ^ text[i + 1];
            }
            return first + (second * 1566083941);
        }
    }

    private async Task StartAllAsync(CancellationToken token)
    {
        // The database may come up after this process.
        while (!token.IsCancellationRequested)
        {
            try
            {
                await _daemon.StartAllAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception e)
            {
                _logger.LogWarning(e, "The projections cannot be started at the moment");
                await Task.Delay(Settings.SlowPollingTime, token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LeadAsync(CancellationToken token)
    {
        var wait = TimeSpan.FromMilliseconds(Settings.LeadershipPollingTime);
        while (!token.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
                try
                {
                    await HoldAsync(connection, wait, token).ConfigureAwait(false);
                }
                finally
                {
                    // First the shards stop, then the locks are given up.
                    await _daemon.StopAllAsync().ConfigureAwait(false);
                    await ReleaseAsync(connection).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _logger.LogWarning(e, "Leadership of the projections is lost for the moment");
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(wait.TotalMilliseconds, 1000)), token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HoldAsync(NpgsqlConnection connection, TimeSpan wait, CancellationToken token)
    {
        var schema = _store.Options.Events.DatabaseSchemaName;
        var held = new HashSet<string>();
        while (true)
        {
            foreach (var shard in Shard.All(_store.Options).Where(s => !held.Contains(s.Name.Identity)))
            {
                await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection);
                command.Parameters.Add(new() { Value = (long)LockId(schema, shard.Name, Settings.DaemonLockId) });
                if (await command.ExecuteScalarAsync(token).ConfigureAwait(false) is not true)
                    continue;
                held.Add(shard.Name.Identity);
                await _daemon.StartAgentAsync(shard.Name, token).ConfigureAwait(false);
                _logger.LogInformation("This process now runs {Shard}", shard.Name.Identity);
            }
            await Task.Delay(wait, token).ConfigureAwait(false);
            // Fails when the connection, and with it the locks, are gone.
            await using var ping = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
            await ping.ExecuteScalarAsync(token).ConfigureAwait(false);
        }
    }

    private static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or ObjectDisposedException)
        {
            // Closed with the connection.
        }
    }
}
