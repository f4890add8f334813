using Npgsql;

namespace Performance.Tickets.Store;

/// <summary>
/// Works in the background whenever its signal says so, one replica at a time: whoever gets the advisory lock. What a
/// crash leaves is taken up again by whichever replica gets the lock then.
/// </summary>
/// <param name="work">Names the lock, and the work in the log.</param>
internal abstract class SoleWorker(
    string work, NpgsqlDataSource database, WorkSignal signal, TimeProvider clock, ILogger logger) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected ILogger Logger { get; } = logger;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LockedAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away, or the connection with the lock was lost: what is committed stays.
                Logger.LogWarning(e, "Interrupted, and going on: {Work}", work);
            }

            // At the end of the service there is nothing to wait for.
            await signal.WaitAsync(Clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does all that there is to do.</summary>
    /// <param name="connection">Holds the lock: what is written through it is written by nobody else.</param>
    /// <param name="stopping">The end of the service.</param>
    protected abstract Task WorkAsync(NpgsqlConnection connection, CancellationToken stopping);

    private async Task LockedAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var @lock = new NpgsqlCommand("select pg_try_advisory_lock(hashtext($1))", connection);
        @lock.Parameters.Add(new() { Value = work });
        if (!(bool)(await @lock.ExecuteScalarAsync(stopping))!)
        {
            return;
        }

        try
        {
            await WorkAsync(connection, stopping);
        }
        finally
        {
            // A pooled connection would keep the lock; a broken one has lost it.
            await using var unlock = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await unlock.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }
}
