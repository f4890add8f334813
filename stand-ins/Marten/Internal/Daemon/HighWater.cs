using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Internal.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Internal.Daemon;

/// <summary>
/// Finds the mark up to which no event can appear any more (docs/adr/0011). Numbers are drawn before commits, so a
/// missing number is either still to come or was rolled back. Whoever has drawn from the sequence holds its lock until
/// the transaction ends, so: once all transactions that held it when the gap was seen have ended, the gap is final.
/// </summary>
internal sealed class HighWater(StoreContext store, ShardStateTracker tracker, ILogger logger)
{
    private const int Rows = 10_000;
    private static readonly TimeSpan Persisting = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Gap? _gap;
    private long _mark = -1;
    private long _persisted;
    private DateTimeOffset _persistedAt;

    public long Mark => Math.Max(0, Volatile.Read(ref _mark));

    private string S => store.Options.Events.DatabaseSchemaName;

    private TimeProvider Time => TimeProvider.System;

    public async Task WaitBeyondAsync(long position, CancellationToken token)
    {
        while (true)
        {
            var advanced = Volatile.Read(ref _advanced).Task;
            if (Mark > position)
                return;
            await advanced.WaitAsync(token).ConfigureAwait(false);
        }
    }

    /// <summary>Moves the mark again and again, as soon as there is something new.</summary>
    public async Task RunAsync(Wakeup wakeup, CancellationToken token)
    {
        await RestartAsync(token).ConfigureAwait(false);
        var patience = TimeSpan.FromMilliseconds(1);
        while (!token.IsCancellationRequested)
        {
            try
            {
                await PollAsync(token).ConfigureAwait(false);
                // An open transaction usually ends within a millisecond or two.
                patience = _gap is null
                    ? TimeSpan.FromMilliseconds(1)
                    : TimeSpan.FromMilliseconds(Math.Min(patience.TotalMilliseconds * 2, 50));
                await PersistAsync(false, token).ConfigureAwait(false);
                var slow = store.Options.Projections.SlowPollingTime;
                if (_gap is null && _persisted < Mark)
                    slow = TimeSpan.FromMilliseconds(Math.Min(slow.TotalMilliseconds, Persisting.TotalMilliseconds));
                await wakeup.WaitAsync(_gap is null ? slow : patience, token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "The high-water mark cannot be read at the moment");
                await Task.Delay(store.Options.Projections.SlowPollingTime, token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>The mark once it covers everything that is committed now.</summary>
    public async Task<long> CatchUpAsync(CancellationToken token)
    {
        var highest = await store.Store.MartenDatabase.FetchHighestEventSequenceNumber(token).ConfigureAwait(false);
        for (; Mark < highest; await Task.Delay(_gap is null ? 0 : 1, token).ConfigureAwait(false))
            await PollAsync(token).ConfigureAwait(false);
        return Mark;
    }

    public async Task PollAsync(CancellationToken token)
    {
        await _one.WaitAsync(token).ConfigureAwait(false);
        try
        {
            await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
            if (_mark < 0)
                await StartAsync(connection, token).ConfigureAwait(false);
            if (_gap is not null && await IsFinalAsync(connection, _gap, token).ConfigureAwait(false))
            {
                Advance(Math.Max(_mark, _gap.Ceiling));
                _gap = null;
            }
            while (await ReadOnAsync(connection, token).ConfigureAwait(false))
            {
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Stores the mark, for others to see; the daemon itself needs it only at its start.</summary>
    public async Task PersistAsync(bool now, CancellationToken token)
    {
        var mark = Mark;
        if (mark == _persisted || (!now && Time.GetUtcNow() - _persistedAt < Persisting))
            return;
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand($"""
            insert into {S}.mt_event_progression as p (name, last_seq_id, last_updated)
            values ('{ShardState.HighWaterMark}', $1, transaction_timestamp())
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated
                where p.last_seq_id is null or p.last_seq_id < excluded.last_seq_id
            """, connection);
        command.Parameters.Add(new() { Value = mark });
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        (_persisted, _persistedAt) = (mark, Time.GetUtcNow());
    }

    /// <summary>Takes the stored mark again, as the store may have been emptied meanwhile.</summary>
    private async Task RestartAsync(CancellationToken token)
    {
        await _one.WaitAsync(token).ConfigureAwait(false);
        (_mark, _gap) = (-1, null);
        _one.Release();
    }

    private async Task StartAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            $"select last_seq_id from {S}.mt_event_progression where name = '{ShardState.HighWaterMark}'", connection);
        var stored = await command.ExecuteScalarAsync(token).ConfigureAwait(false) as long? ?? 0;
        _persisted = stored;
        Advance(stored);
    }

    /// <summary>True if there may be more to read at once.</summary>
    private async Task<bool> ReadOnAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var (contiguous, highest, count) = (_mark, _mark, 0);
        await using (var command = new NpgsqlCommand(
            $"select seq_id from {S}.mt_events where seq_id > $1 order by seq_id limit {Rows}", connection))
        {
            command.Parameters.Add(new() { Value = _mark });
            await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
            while (await reader.ReadAsync(token).ConfigureAwait(false))
            {
                highest = reader.GetInt64(0);
                if (highest == contiguous + 1)
                    contiguous = highest;
                count++;
            }
        }
        Advance(contiguous);
        if (highest > contiguous && _gap is null)
        {
            // Only now, behind the read: a transaction that has drawn a missing number by then, and is not among the
            // holders, has ended, and what it committed is seen by whoever reads from now on.
            var gap = new Gap(highest, await HoldersAsync(connection, token).ConfigureAwait(false), Time.GetUtcNow());
            if (gap.Holders.Count == 0 && !NumbersMayBeDrawnBeforehand)
                Advance(highest);
            else
                _gap = gap;
        }
        return count == Rows && _gap is null;
    }

    // Where Rich is configured, writers draw numbers in a transaction of their own, which leaves no trace.
    private bool NumbersMayBeDrawnBeforehand => store.Options.Events.AppendMode == EventAppendMode.Rich;

    private async Task<bool> IsFinalAsync(NpgsqlConnection connection, Gap gap, CancellationToken token)
    {
        var age = Time.GetUtcNow() - gap.SeenAt;
        if (store.Options.Projections.SkipStaleGapsDespiteLiveTransactionsAfter is { } limit && age >= limit)
        {
            logger.LogWarning("Events missing below {Ceiling} are given up after {Age}", gap.Ceiling, age);
            return true;
        }
        if (NumbersMayBeDrawnBeforehand && age < store.Options.Projections.StaleSequenceThreshold)
            return false;
        if (gap.Holders.Count > 0)
            gap.Holders.IntersectWith(await HoldersAsync(connection, token).ConfigureAwait(false));
        return gap.Holders.Count == 0;
    }

    /// <summary>The open transactions that have drawn a number, or have written events.</summary>
    private async Task<HashSet<string>> HoldersAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct virtualtransaction from pg_locks
            where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
                and database = (select oid from pg_database where datname = current_database())
                and relation in ('{S}.mt_events_sequence'::regclass, '{S}.mt_events'::regclass)
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        var holders = new HashSet<string>();
        while (await reader.ReadAsync(token).ConfigureAwait(false))
            holders.Add(reader.GetString(0));
        return holders;
    }

    private void Advance(long mark)
    {
        if (mark == _mark)
            return;
        Volatile.Write(ref _mark, mark);
        tracker.Publish(new(ShardState.HighWaterMark, mark));
        Interlocked.Exchange(ref _advanced, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Numbers are missing below the ceiling; the holders may bring them.</summary>
    private sealed record Gap(long Ceiling, HashSet<string> Holders, DateTimeOffset SeenAt);
}
