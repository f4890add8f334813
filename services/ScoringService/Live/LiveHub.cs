using System.Text.Json;
using Npgsql;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;

namespace Performance.Scoring.Live;

/// <summary>
/// Hears what the projection announces, on whichever replica it runs, over a connection of its own, and passes it to
/// this replica's listeners. When the connection was lost, something may have been missed: then everybody is reset.
/// </summary>
internal sealed class LiveHub(NpgsqlDataSource database, TimeProvider clock, ILogger<LiveHub> logger)
    : BackgroundService
{
    /// <summary>How the database's administrator sees the connection.</summary>
    public const string ConnectionName = "scoring-live";

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly LiveHistory history = new();
    private readonly HashSet<Subscription> listeners = [];
    private volatile ScoringSettings settings = ScoringSettings.Default;
    private volatile bool settingsChanged;

    /// <summary>The settings as of the latest announcement.</summary>
    public ScoringSettings Settings => settings;

    /// <summary>Begins to listen; what was missed since the id is told first, or a reset.</summary>
    public (Subscription Subscription, long Sequence) Subscribe(IReadOnlySet<string> topics, string? lastEventId)
    {
        var subscription = new Subscription(topics, clock);
        lock (gate)
        {
            if (!string.IsNullOrEmpty(lastEventId))
            {
                Resume(subscription, lastEventId);
            }

            listeners.Add(subscription);
            return (subscription, history.Newest);
        }
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (gate)
        {
            listeners.Remove(subscription);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "Lost the connection that announces changes; connecting again");
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Resume(Subscription subscription, string lastEventId)
    {
        if (history.After(lastEventId) is not { } missed)
        {
            subscription.Reset(history.Newest);
            return;
        }

        foreach (var notice in missed)
        {
            subscription.Offer(notice);
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        connection.Notification += (_, e) => Hear(e.Payload);
        const string Listen = $"set application_name = '{ConnectionName}'; listen {Topics.Channel}";
        await using (var listen = new NpgsqlCommand(Listen, connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        // Read after LISTEN took effect: what is announced from here on arrives.
        var position = await ReadPositionAsync(connection, cancel);
        settings = await ReadSettingsAsync(connection, cancel);
        lock (gate)
        {
            history.Restart(position);
            foreach (var listener in listeners)
            {
                listener.Reset(position);
            }
        }

        while (true)
        {
            // A probe notices a connection that is dead without having been closed.
            if (!await connection.WaitAsync(Probe, cancel))
            {
                await ReadPositionAsync(connection, cancel);
            }

            if (settingsChanged)
            {
                settingsChanged = false;
                settings = await ReadSettingsAsync(connection, cancel);
            }
        }
    }

    private void Hear(string payload)
    {
        var notice = JsonSerializer.Deserialize<Notice>(payload)!;
        settingsChanged |= notice.Topics.ContainsKey(Topics.Settings);
        lock (gate)
        {
            var follows = history.Add(notice);
            foreach (var listener in listeners)
            {
                if (follows)
                {
                    listener.Offer(notice);
                }
                else
                {
                    listener.Reset(notice.Sequence);
                }
            }
        }
    }

    private static async Task<long> ReadPositionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"select last_seq_id from mt_event_progression where name = '{ScoringViews.Shard}'", connection);
        return await command.ExecuteScalarAsync(cancel) as long? ?? 0;
    }

    private static async Task<ScoringSettings> ReadSettingsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select data::text from scoring_settings", connection);
        return await command.ExecuteScalarAsync(cancel) is string json
            ? JsonSerializer.Deserialize<ScoringSettings>(json)! : ScoringSettings.Default;
    }
}
