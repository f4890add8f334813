using Npgsql;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>How far this service has taken in each feed: table <c>feed_cursor</c> in its own database.</summary>
public sealed class FeedCursors(NpgsqlDataSource database)
{
    /// <summary>Creates the table; called at start-up before the bus starts.</summary>
    public static async Task CreateTableAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var create = database.CreateCommand("""
            select pg_advisory_xact_lock(hashtext('feed_cursor'));
            create table if not exists feed_cursor (feed text primary key, epoch uuid, position bigint not null);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The last sequence number of the producer's store that has been taken in; 0 before the first.</summary>
    public async ValueTask<long> PositionAsync(string feed, CancellationToken cancel)
    {
        await using var read = database.CreateCommand("select position from feed_cursor where feed = $1");
        read.Parameters.Add(new() { Value = feed });
        return await read.ExecuteScalarAsync(cancel) as long? ?? 0;
    }

    internal static async Task<FeedCursor> LockAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string feed, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        var insert = new NpgsqlBatchCommand(
            "insert into feed_cursor (feed, position) values ($1, 0) on conflict do nothing");
        insert.Parameters.Add(new() { Value = feed });
        var select = new NpgsqlBatchCommand("select epoch, position from feed_cursor where feed = $1 for update");
        select.Parameters.Add(new() { Value = feed });
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(select);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new FeedCursor(reader.IsDBNull(0) ? null : reader.GetGuid(0), reader.GetInt64(1));
    }
}

/// <summary>One feed's cursor.</summary>
/// <param name="Epoch">The producer's store it belongs to; null before the first page.</param>
/// <param name="Position">Everything up to here is taken in.</param>
internal sealed record FeedCursor(Guid? Epoch, long Position)
{
    /// <summary>SQL for a session; parameters: epoch, position, feed.</summary>
    public const string Move = "update feed_cursor set epoch = ?, position = ? where feed = ?";
}
