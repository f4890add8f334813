using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace Performance.Notifications;

/// <summary>
/// What other transactions of this service, on any replica, have just committed: deliveries that are due and inboxes
/// that changed. A signal may be lost with the connection, so everybody also looks now and then.
/// </summary>
internal sealed class Signals(NpgsqlDataSource database, ILogger<Signals> logger) : BackgroundService
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Channel<bool>, IReadOnlySet<Guid>> listeners = new();
    private TaskCompletionSource delivery = NewSource();

    /// <summary>Completes at the next delivery; take it before looking whether one is due.</summary>
    public Task NextDelivery => Volatile.Read(ref delivery).Task;

    /// <summary>Something to read whenever one of these agents' inboxes changed.</summary>
    public Subscription Listen(IReadOnlySet<Guid> agents)
    {
        var channel = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        listeners[channel] = agents;
        return new Subscription(channel.Reader, () => listeners.TryRemove(channel, out _));
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stop);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException
                && !stop.IsCancellationRequested)
            {
                logger.LogWarning("Signals from the database are interrupted: {Reason}", e.Message);
                await Task.Delay(Pause, stop);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        connection.Notification += (_, notice) => Heard(notice.Channel, notice.Payload);
        await using (var listen = new NpgsqlCommand(
            $"listen {NotificationTables.DeliveryChannel}; listen {NotificationTables.InboxChannel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        HeardAll();
        while (true)
        {
            if (!await connection.WaitAsync(Silence, stop))
            {
                // A dead connection says nothing either.
                await using var ping = new NpgsqlCommand("select 1", connection);
                await ping.ExecuteScalarAsync(stop);
            }
        }
    }

    private void Heard(string channel, string payload)
    {
        if (channel == NotificationTables.DeliveryChannel)
        {
            Interlocked.Exchange(ref delivery, NewSource()).TrySetResult();
        }
        else if (Guid.TryParse(payload, out var agent))
        {
            foreach (var listener in listeners.Where(l => l.Value.Contains(agent)))
            {
                listener.Key.Writer.TryWrite(true);
            }
        }
    }

    private void HeardAll()
    {
        Interlocked.Exchange(ref delivery, NewSource()).TrySetResult();
        foreach (var listener in listeners.Keys)
        {
            listener.Writer.TryWrite(true);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed class Subscription(ChannelReader<bool> changes, Action end) : IDisposable
    {
        public ChannelReader<bool> Changes { get; } = changes;

        public void Dispose() => end();
    }
}
