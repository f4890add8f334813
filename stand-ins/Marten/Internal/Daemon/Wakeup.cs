using Marten.Internal.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Internal.Daemon;

/// <summary>Lets the daemon sleep until events were appended, here or elsewhere, or until it is time.</summary>
internal sealed class Wakeup : IAsyncDisposable
{
    private readonly StoreContext _store;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _signal = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    public Wakeup(StoreContext store, ILogger logger)
    {
        _store = store;
        _logger = logger;
        store.Signal.Appended += Set;
        _listening = store.Options.Events.UseListenNotifyForEventAppends ? Task.Run(ListenAsync) : Task.CompletedTask;
    }

    /// <summary>Wakes the sleeper; several calls count as one.</summary>
    public void Set()
    {
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }

    public async Task WaitAsync(TimeSpan longest, CancellationToken token)
    {
        await _signal.WaitAsync(longest, token).ConfigureAwait(false);
        while (_signal.CurrentCount > 0 && await _signal.WaitAsync(0, token).ConfigureAwait(false))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _store.Signal.Appended -= Set;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PumpAsync(NpgsqlConnection connection)
    {
        while (true)
        {
            if (await connection.WaitAsync(TimeSpan.FromSeconds(30), _stop.Token).ConfigureAwait(false))
                continue;
            await using var ping = new NpgsqlCommand("select 1", connection);
            await ping.ExecuteScalarAsync(_stop.Token).ConfigureAwait(false);
        }
    }

    private static async Task UnlistenAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
            await unlisten.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken and will not be used again.
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _store.DataSource.OpenConnectionAsync(_stop.Token)
                    .ConfigureAwait(false);
                connection.Notification += (_, _) => Set();
                await using (var listen = new NpgsqlCommand($"LISTEN {AppendSignal.Channel}", connection))
                    await listen.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
                // What was appended while nobody listened.
                Set();
                try
                {
                    await PumpAsync(connection).ConfigureAwait(false);
                }
                finally
                {
                    await UnlistenAsync(connection).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                _logger.LogWarning(e, "Listening for appended events was interrupted");
                await Task.Delay(TimeSpan.FromSeconds(1), _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
