using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>
/// Wakes daemons when events were committed: those of this process at once, those of others by NOTIFY. The NOTIFY is
/// sent after the commit, by itself and for many commits together: within the transaction it would make all commits
/// wait for each other. Where one is lost, the daemon's slow poll makes up for it.
/// </summary>
internal sealed class AppendSignal(StoreContext store) : IAsyncDisposable
{
    public const string Channel = "mt_events_appended";
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Action? _listeners;
    private Task _sending = Task.CompletedTask;
    private bool _wanted;

    public event Action Appended
    {
        add
        {
            lock (_lock)
                _listeners += value;
        }

        remove
        {
            lock (_lock)
                _listeners -= value;
        }
    }

    private bool Notifies => store.Options.Events.UseListenNotifyForEventAppends;

    public void Raise()
    {
        Volatile.Read(ref _listeners)?.Invoke();
        if (!Notifies)
            return;
        lock (_lock)
        {
            _wanted = true;
            if (_sending.IsCompleted && !_stop.IsCancellationRequested)
                _sending = Task.Run(SendAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (!_wanted)
                {
                    // The lock makes sure that a wish expressed from now on starts another run.
                    _sending = Task.CompletedTask;
                    return;
                }
                _wanted = false;
            }
            try
            {
                await using var connection = await store.DataSource.OpenConnectionAsync(_stop.Token)
                    .ConfigureAwait(false);
                await using var command = new NpgsqlCommand($"NOTIFY {Channel}", connection);
                await command.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException or ObjectDisposedException)
            {
                lock (_lock)
                    _sending = Task.CompletedTask;
                return;
            }
        }
    }
}
