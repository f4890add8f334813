using JasperFx.Events.Projections;
using Marten.Internal.Sessions;
using Npgsql;

namespace Marten.Internal.Daemon;

/// <summary>The stored positions of shards.</summary>
internal sealed class Progress(StoreContext store)
{
    private string Table => $"{store.Options.Events.DatabaseSchemaName}.mt_event_progression";

    /// <summary>Moves a position, in the transaction of what it stands for; fails if another has moved it.</summary>
    public Operation Move(ShardName name, long from, long to) => new SqlOperation($"""
        with u as (
            update {Table} set last_seq_id = $1, last_updated = transaction_timestamp()
            where name = $2 and coalesce(last_seq_id, 0) = $3 returning name
        )
        select case when exists (select 1 from u) then 0
            else ('mt_err|progress|' || $2 || '|' || $3 || '|' || $1 || '|' || pg_backend_pid())::int end
        """, [new() { Value = to }, new() { Value = name.Identity }, new() { Value = from }]);

    /// <summary>The position, or null if there is none yet.</summary>
    public async Task<long?> FindAsync(ShardName name, CancellationToken token)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            $"select coalesce(last_seq_id, 0) from {Table} where name = $1", connection);
        command.Parameters.Add(new() { Value = name.Identity });
        return await command.ExecuteScalarAsync(token).ConfigureAwait(false) as long?;
    }

    /// <summary>Sets the position, whatever it was.</summary>
    public async Task SetAsync(ShardName name, long position, CancellationToken token)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Set(name, position));
        await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    }

    public NpgsqlBatchCommand Set(ShardName name, long position)
    {
        var command = new NpgsqlBatchCommand($"""
            insert into {Table} (name, last_seq_id, last_updated) values ($1, $2, transaction_timestamp())
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated
            """);
        command.Parameters.Add(new() { Value = name.Identity });
        command.Parameters.Add(new() { Value = position });
        return command;
    }

    /// <summary>Where a shard starts, as its options say.</summary>
    public async Task<long> StartAsync(Shard shard, HighWater highWater, CancellationToken token)
    {
        var stored = await FindAsync(shard.Name, token).ConfigureAwait(false);
        var start = shard.Options.Start;
        var position = start.Kind switch
        {
            StartKind.Present => await highWater.CatchUpAsync(token).ConfigureAwait(false),
            StartKind.Sequence => Math.Max(stored ?? 0, start.Sequence),
            StartKind.Time => Math.Max(stored ?? 0, await store.Store.MartenDatabase
                .FindEventStoreFloorAtTimeAsync(start.Time, token).ConfigureAwait(false) ?? 0),
            StartKind.InlineToAsync when stored is null or 0
                => await highWater.CatchUpAsync(token).ConfigureAwait(false),
            _ => stored ?? 0,
        };
        if (stored != position)
            await SetAsync(shard.Name, position, token).ConfigureAwait(false);
        return position;
    }
}
