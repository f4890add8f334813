using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Events;
using Marten.Internal.Sessions;
using Marten.Storage;
using Npgsql;

namespace Marten.Storage;

/// <summary>The database behind a store: its positions and statistics, and what empties it.</summary>
internal sealed class MartenDatabase(StoreContext store) : IMartenDatabase
{
    private string S => store.Options.Events.DatabaseSchemaName;

    public string Identifier => store.Options.StoreName;

    public ShardStateTracker Tracker { get; } = new(store.Logger);

    public NpgsqlConnection CreateConnection(ConnectionUsage connectionUsage = ConnectionUsage.ReadWrite)
        // Not of the store's own pool, which does not clean connections.
        => store.Options.ConnectionString is { } own ? new(own) : store.DataSource.CreateConnection();

    public async ValueTask EnsureStorageExistsAsync(Type featureType, CancellationToken token = default)
        => await store.Schema.EnsureAsync(featureType).ConfigureAwait(false);

    public async Task<EventStoreStatistics> FetchEventStoreStatistics(CancellationToken token = default)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        var rows = await QueryAsync($"""
            select (select count(*) from {S}.mt_events), (select count(*) from {S}.mt_streams),
                (select case when is_called then last_value else 0 end from {S}.mt_events_sequence)
            """, [], r => new EventStoreStatistics
        {
            EventCount = r.GetInt64(0),
            StreamCount = r.GetInt64(1),
            EventSequenceNumber = r.GetInt64(2),
        }, token).ConfigureAwait(false);
        return rows[0];
    }

    public async Task<IReadOnlyList<ShardState>> AllProjectionProgress(CancellationToken token = default)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        return await QueryAsync($"select name, coalesce(last_seq_id, 0) from {S}.mt_event_progression", [],
            r => new ShardState(r.GetString(0), r.GetInt64(1)), token).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ShardState>> FetchProjectionProgressFor(ShardName[] names,
        CancellationToken token = default)
    {
        var all = await AllProjectionProgress(token).ConfigureAwait(false);
        return [.. all.Where(s => Array.Exists(names, n => n.Identity == s.ShardName))];
    }

    public async Task<long> ProjectionProgressFor(ShardName name, CancellationToken token = default)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        var rows = await QueryAsync($"select coalesce(last_seq_id, 0) from {S}.mt_event_progression where name = $1",
            [name.Identity], r => r.GetInt64(0), token).ConfigureAwait(false);
        return rows.FirstOrDefault();
    }

    public async Task<long?> FindEventStoreFloorAtTimeAsync(DateTimeOffset timestamp, CancellationToken token)
    {
        var rows = await QueryAsync<long?>(
            $"select min(seq_id) - 1 from {S}.mt_events where timestamp >= $1", [timestamp.ToUniversalTime()],
            r => r.IsDBNull(0) ? null : r.GetInt64(0), token).ConfigureAwait(false);
        return rows[0];
    }

    public async Task<long> FetchHighestEventSequenceNumber(CancellationToken token = default)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        var rows = await QueryAsync($"select coalesce(max(seq_id), 0) from {S}.mt_events", [], r => r.GetInt64(0),
            token).ConfigureAwait(false);
        return rows[0];
    }

    public Task DeleteAllDocumentsAsync(CancellationToken ct = default)
        => ExecuteAsync(TablesLike("mt_doc_%", "truncate table %s cascade"), ct);

    public async Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default)
    {
        await store.Schema.EnsureAsync(documentType).ConfigureAwait(false);
        await ExecuteAsync($"truncate table {store.Mapping(documentType).Table} cascade", ct).ConfigureAwait(false);
    }

    public async Task CompletelyRemoveAsync(Type documentType, CancellationToken ct = default)
    {
        await ExecuteAsync($"drop table if exists {store.Mapping(documentType).Table} cascade", ct)
            .ConfigureAwait(false);
        store.Schema.Forget();
    }

    public async Task CompletelyRemoveAllAsync(CancellationToken ct = default)
    {
        await ExecuteAsync(TablesLike("mt_%", "drop table %s cascade") + $"""
            DO $mt$ DECLARE r record; BEGIN
            FOR r IN select p.oid::regprocedure as f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = any({Schemas()}) and p.proname like 'mt\_%' LOOP
                EXECUTE 'drop function ' || r.f || ' cascade';
            END LOOP;
            FOR r IN select format('%I.%I', sequence_schema, sequence_name) as s from information_schema.sequences
                where sequence_schema = any({Schemas()}) and sequence_name like 'mt\_%' LOOP
                EXECUTE 'drop sequence ' || r.s || ' cascade';
            END LOOP; END $mt$;
            """, ct).ConfigureAwait(false);
        store.Schema.Forget();
    }

    public async Task DeleteAllEventDataAsync(CancellationToken ct = default)
    {
        await store.Schema.EnsureEventsAsync().ConfigureAwait(false);
        await ExecuteAsync($"""
            truncate table {S}.mt_events, {S}.mt_streams, {S}.mt_event_progression, {S}.mt_high_water_skips cascade;
            alter sequence {S}.mt_events_sequence restart;
            """, ct).ConfigureAwait(false);
    }

    public Task DeleteSingleEventStreamAsync(Guid streamId, string? tenantId = null, CancellationToken ct = default)
        => DeleteStreamAsync(streamId, ct);

    public Task DeleteSingleEventStreamAsync(string streamId, string? tenantId = null,
        CancellationToken ct = default)
        => DeleteStreamAsync(streamId, ct);

    /// <summary>Waits until the shards have come to where the events are now.</summary>
    public async Task WaitForAsync(IReadOnlyList<ShardName> shards, TimeSpan timeout, bool forEvents,
        CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(timeout);
        var states = "none";
        try
        {
            var highest = await FetchHighestEventSequenceNumber(limit.Token).ConfigureAwait(false);
            for (; highest == 0 && forEvents; await Task.Delay(50, limit.Token).ConfigureAwait(false))
                highest = await FetchHighestEventSequenceNumber(limit.Token).ConfigureAwait(false);
            while (true)
            {
                var progress = await FetchProjectionProgressFor([.. shards], limit.Token).ConfigureAwait(false);
                states = string.Join("; ", progress);
                if (shards.All(n => progress.Any(p => p.ShardName == n.Identity && p.Sequence >= highest)))
                    return;
                await Task.Delay(10, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The projection shards did not reach the events in {timeout}. Known states: {states}", e);
        }
    }

    public Task WaitForAllAsync(TimeSpan timeout)
    {
        var shards = store.Options.Projections.Runnable(ProjectionLifecycle.Async).SelectMany(p => p.ShardNames())
            .Concat(store.Options.Projections.Subscriptions.SelectMany(s => s.ShardNames())).ToArray();
        return shards.Length == 0 ? Task.CompletedTask : WaitForAsync(shards, timeout, true, CancellationToken.None);
    }

    public Task WaitForTypeAsync(Type type, TimeSpan timeout, CancellationToken token)
        => WaitForAsync([.. store.Options.Projections.Runnable(ProjectionLifecycle.Async)
            .Where(p => p.PublishedTypes().Contains(type)).SelectMany(p => p.ShardNames())], timeout, false, token);

    private string Schemas() => $"array['{string.Join("','", store.Store.Storage.AllSchemaNames())}']";

    private string TablesLike(string pattern, string statement) => $"""
        DO $mt$ DECLARE r record; BEGIN
        FOR r IN select format('%I.%I', table_schema, table_name) as t from information_schema.tables
            where table_schema = any({Schemas()}) and table_name like '{pattern.Replace("_", "\\_")}' LOOP
            EXECUTE format('{statement}', r.t);
        END LOOP; END $mt$;

        """;

    private async Task DeleteStreamAsync(object id, CancellationToken token)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand($"delete from {S}.mt_streams where id = $1", connection);
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    }

    private async Task ExecuteAsync(string sql, CancellationToken token)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    }

    private async Task<List<T>> QueryAsync<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> row,
        CancellationToken token)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(token).ConfigureAwait(false))
            rows.Add(row(reader));
        return rows;
    }
}
