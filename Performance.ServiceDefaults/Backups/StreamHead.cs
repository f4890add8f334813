using System.Text.Json;
using Marten;
using Npgsql;

namespace Performance.ServiceDefaults.Backups;

/// <summary>The last event of a stream.</summary>
/// <param name="Version">The stream's version.</param>
/// <param name="Type">The event's stored name.</param>
/// <param name="Data">The event, as it is stored.</param>
public sealed record StreamHead(long Version, string Type, string Data)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Data)!;

    /// <summary>The last events of many streams in one round trip; streams that are not there are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, StreamHead>> LoadAsync(
        IQuerySession session, IEnumerable<Guid> streams, CancellationToken cancel)
    {
        await using var select = new NpgsqlCommand("""
            select distinct on (stream_id) stream_id, version, type, data::text
            from mt_events where stream_id = any ($1) order by stream_id, version desc
            """);
        select.Parameters.Add(new() { Value = streams.Distinct().ToArray() });
        var heads = new Dictionary<Guid, StreamHead>();
        await using var reader = await session.ExecuteReaderAsync(select, cancel);
        while (await reader.ReadAsync(cancel))
        {
            heads[reader.GetFieldValue<Guid>(0)] = new StreamHead(
                reader.GetInt64(1), reader.GetString(2), reader.GetString(3));
        }

        return heads;
    }
}
