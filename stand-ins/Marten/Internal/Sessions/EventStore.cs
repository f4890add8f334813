using JasperFx.Events;
using Marten.Internal.Events;
using Marten.Internal.Linq;
using Marten.Internal.Projections;
using Marten.Linq;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>Reading events in a session.</summary>
internal class EventStore(QuerySession session) : Marten.Events.IQueryEventStore
{
    protected StoreContext Context => session.Context;

    protected EventSql Sql => session.Context.Events;

    public IMartenQueryable<T> QueryRawEventDataOnly<T>() where T : notnull
        => MartenQueryable<T>.Over(session, new EventDataQuerySource(Context, typeof(T)));

    public IMartenQueryable<IEvent> QueryAllRawEvents()
        => MartenQueryable<IEvent>.Over(session, new EventQuerySource(Context));

    public Task<IReadOnlyList<IEvent>> FetchStreamAsync(Guid streamId, long version = 0,
        DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default)
        => FetchAsync(streamId, version, timestamp, fromVersion, token);

    public Task<IReadOnlyList<IEvent>> FetchStreamAsync(string streamKey, long version = 0,
        DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default)
        => FetchAsync(streamKey, version, timestamp, fromVersion, token);

    public Task<T?> AggregateStreamAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null,
        T? state = null, long fromVersion = 0, CancellationToken token = default) where T : class
        => AggregateAsync(streamId, version, timestamp, state, fromVersion, token);

    public Task<T?> AggregateStreamAsync<T>(string streamKey, long version = 0, DateTimeOffset? timestamp = null,
        T? state = null, long fromVersion = 0, CancellationToken token = default) where T : class
        => AggregateAsync(streamKey, version, timestamp, state, fromVersion, token);

    public Task<T?> AggregateStreamToLastKnownAsync<T>(Guid streamId, long version = 0,
        DateTimeOffset? timestamp = null, CancellationToken token = default) where T : class
        => LastKnownAsync<T>(streamId, version, timestamp, token);

    public Task<T?> AggregateStreamToLastKnownAsync<T>(string streamKey, long version = 0,
        DateTimeOffset? timestamp = null, CancellationToken token = default) where T : class
        => LastKnownAsync<T>(streamKey, version, timestamp, token);

    public async Task<IEvent<T>?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : class
    {
        Context.Options.EventGraph.AddEventType(typeof(T));
        return await LoadAsync(id, token).ConfigureAwait(false) as IEvent<T>;
    }

    public async Task<IEvent?> LoadAsync(Guid id, CancellationToken token = default)
    {
        var found = await ReadAsync($"{Sql.SelectEvents} where d.id = $1", [new() { Value = id }], token)
            .ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public Task<StreamState?> FetchStreamStateAsync(Guid streamId, CancellationToken token = default)
        => StateAsync(streamId, token);

    public Task<StreamState?> FetchStreamStateAsync(string streamKey, CancellationToken token = default)
        => StateAsync(streamKey, token);

    public async Task<IReadOnlyList<IEvent>> FetchAsync(object id, long version, DateTimeOffset? timestamp,
        long fromVersion, CancellationToken token)
    {
        var sql = $"{Sql.SelectEvents} where d.stream_id = $1";
        var parameters = new List<NpgsqlParameter> { new() { Value = id } };
        if (version > 0)
            Add("d.version <=", version);
        if (fromVersion > 0)
            Add("d.version >=", fromVersion);
        if (timestamp is { } until)
            Add("d.timestamp <=", until.ToUniversalTime());
        return await ReadAsync($"{sql} order by d.version", [.. parameters], token).ConfigureAwait(false);

        void Add(string condition, object value)
        {
            parameters.Add(new() { Value = value });
            sql += $" and {condition} ${parameters.Count}";
        }
    }

    public async Task<List<IEvent>> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken token)
    {
        await Context.Schema.EnsureEventsAsync().ConfigureAwait(false);
        return await session.ReadAsync(sql, parameters, new EventReader(Context).ReadAsync, token)
            .ConfigureAwait(false);
    }

    protected async Task<StreamState?> StateAsync(object id, CancellationToken token)
    {
        await Context.Schema.EnsureEventsAsync().ConfigureAwait(false);
        var found = await session.ReadAsync(Sql.StreamState, [new() { Value = id }], (reader, _) =>
        {
            var state = new StreamState
            {
                Id = id as Guid? ?? default,
                Key = id as string,
                Version = reader.GetInt64(0),
                AggregateType = Context.Options.EventGraph.AggregateType(reader.GetValue(1) as string),
                LastTimestamp = reader.GetFieldValue<DateTimeOffset>(2),
                Created = reader.GetFieldValue<DateTimeOffset>(3),
                IsArchived = !reader.IsDBNull(4) && reader.GetBoolean(4),
            };
            return new ValueTask<StreamState>(state);
        }, token).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    private async Task<T?> AggregateAsync<T>(object id, long version, DateTimeOffset? timestamp, T? state,
        long fromVersion, CancellationToken token) where T : class
    {
        var aggregator = Context.Options.Projections.Aggregator<T>();
        var events = await FetchAsync(id, version, timestamp, fromVersion, token).ConfigureAwait(false);
        return await aggregator.BuildAsync(session, events, state, id, token).ConfigureAwait(false);
    }

    private async Task<T?> LastKnownAsync<T>(object id, long version, DateTimeOffset? timestamp,
        CancellationToken token) where T : class
    {
        var aggregator = Context.Options.Projections.Aggregator<T>();
        var events = await FetchAsync(id, version, timestamp, 0, token).ConfigureAwait(false);
        for (var count = events.Count; count > 0; count--)
        {
            var built = await aggregator.BuildAsync(session, [.. events.Take(count)], null, id, token)
                .ConfigureAwait(false);
            if (built is not null)
                return built;
        }
        return null;
    }
}
