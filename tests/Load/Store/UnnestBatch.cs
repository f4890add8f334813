using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Performance.Load.Store;

/// <summary>The yardstick: the same rows by two prepared statements over arrays, in one transaction.</summary>
internal sealed class UnnestBatch(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Streams = """
        insert into mt_streams (id, type, version, timestamp, created)
        select id, 'parcel', $2, now(), now() from unnest($1::uuid[]) as s(id)
        """;

    private const string Events = """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
        select nextval('mt_events_sequence'), e.id, e.stream, e.version, e.data, 'weighed', now(), $5
        from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::jsonb[]) as e(id, stream, version, data)
        """;

    private readonly NpgsqlCommand streams = new(Streams, connection);
    private readonly NpgsqlCommand events = new(Events, connection);
    private bool prepared;

    public async Task WriteAsync(int streamCount, int eventCount)
    {
        var ids = Enumerable.Range(0, streamCount).Select(_ => Guid.NewGuid()).ToArray();
        var rows = ids.SelectMany(id => Enumerable.Range(0, eventCount).Select(n => (Stream: id, Version: n + 1L)))
            .ToList();
        streams.Parameters.Clear();
        streams.Parameters.Add(new() { Value = ids });
        streams.Parameters.Add(new() { Value = (long)eventCount });
        events.Parameters.Clear();
        events.Parameters.Add(new() { Value = rows.Select(_ => Guid.NewGuid()).ToArray() });
        events.Parameters.Add(new() { Value = rows.Select(r => r.Stream).ToArray() });
        events.Parameters.Add(new() { Value = rows.Select(r => r.Version).ToArray() });
        events.Parameters.Add(new()
        {
            Value = rows.Select(r => JsonSerializer.Serialize(Stores.Event((int)r.Version))).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb
        });
        events.Parameters.Add(new() { Value = "Performance.Load.Store.Weighed, Load" });
        if (!prepared)
        {
            await streams.PrepareAsync();
            await events.PrepareAsync();
            prepared = true;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await streams.ExecuteNonQueryAsync();
        await events.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await streams.DisposeAsync();
        await events.DisposeAsync();
    }
}
