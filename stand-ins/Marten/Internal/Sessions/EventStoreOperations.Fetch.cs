using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten.Exceptions;
using Marten.Internal.Events;
using Marten.Internal.Projections;
using Npgsql;

namespace Marten.Internal.Sessions;

internal sealed partial class EventStoreOperations
{
    public Task<IEventStream<T>> FetchForWriting<T>(Guid id, CancellationToken cancellation = default) where T : class
        => FetchForWritingAsync<T>(id, null, false, cancellation);

    public Task<IEventStream<T>> FetchForWriting<T>(string key, CancellationToken cancellation = default)
        where T : class
        => FetchForWritingAsync<T>(key, null, false, cancellation);

    public Task<IEventStream<T>> FetchForWriting<T>(Guid id, long expectedVersion,
        CancellationToken cancellation = default) where T : class
        => FetchForWritingAsync<T>(id, expectedVersion, false, cancellation);

    public Task<IEventStream<T>> FetchForWriting<T>(string key, long expectedVersion,
        CancellationToken cancellation = default) where T : class
        => FetchForWritingAsync<T>(key, expectedVersion, false, cancellation);

    public Task<IEventStream<T>> FetchForExclusiveWriting<T>(Guid id, CancellationToken cancellation = default)
        where T : class
        => FetchForWritingAsync<T>(id, null, true, cancellation);

    public Task<IEventStream<T>> FetchForExclusiveWriting<T>(string key, CancellationToken cancellation = default)
        where T : class
        => FetchForWritingAsync<T>(key, null, true, cancellation);

    public ValueTask<T?> FetchLatest<T>(Guid id, CancellationToken cancellation = default) where T : class
        => FetchLatestAsync<T>(id, cancellation);

    public ValueTask<T?> FetchLatest<T>(string id, CancellationToken cancellation = default) where T : class
        => FetchLatestAsync<T>(id, cancellation);

    public Task WriteToAggregate<T>(Guid id, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, cancellation), Later(writing), cancellation);

    public Task WriteToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, cancellation), writing, cancellation);

    public Task WriteToAggregate<T>(string id, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, cancellation), Later(writing), cancellation);

    public Task WriteToAggregate<T>(string id, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, cancellation), writing, cancellation);

    public Task WriteToAggregate<T>(Guid id, int expectedVersion, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, expectedVersion, cancellation), Later(writing), cancellation);

    public Task WriteToAggregate<T>(Guid id, int expectedVersion, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, expectedVersion, cancellation), writing, cancellation);

    public Task WriteToAggregate<T>(string id, int expectedVersion, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, expectedVersion, cancellation), Later(writing), cancellation);

    public Task WriteToAggregate<T>(string id, int expectedVersion, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForWriting<T>(id, expectedVersion, cancellation), writing, cancellation);

    public Task WriteExclusivelyToAggregate<T>(Guid id, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForExclusiveWriting<T>(id, cancellation), Later(writing), cancellation);

    public Task WriteExclusivelyToAggregate<T>(string id, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForExclusiveWriting<T>(id, cancellation), Later(writing), cancellation);

    public Task WriteExclusivelyToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForExclusiveWriting<T>(id, cancellation), writing, cancellation);

    public Task WriteExclusivelyToAggregate<T>(string id, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class
        => WriteAsync(FetchForExclusiveWriting<T>(id, cancellation), writing, cancellation);

    private static Func<IEventStream<T>, Task> Later<T>(Action<IEventStream<T>> writing) where T : class => stream =>
    {
        writing(stream);
        return Task.CompletedTask;
    };

    private async Task WriteAsync<T>(Task<IEventStream<T>> fetching, Func<IEventStream<T>, Task> writing,
        CancellationToken token) where T : class
    {
        await writing(await fetching.ConfigureAwait(false)).ConfigureAwait(false);
        await session.SaveChangesAsync(token).ConfigureAwait(false);
    }

    private async Task<IEventStream<T>> FetchForWritingAsync<T>(object id, long? expected, bool exclusive,
        CancellationToken token) where T : class
    {
        Check(id is string);
        if (exclusive)
            await session.BeginTransactionAsync(token).ConfigureAwait(false);
        var (version, aggregate) = await ReadAggregateAsync<T>(id, exclusive, token).ConfigureAwait(false);
        if (expected is { } wanted && wanted != version)
            throw new ConcurrencyException(
                $"Expected version {wanted} of stream '{id}', but it was at {version}", typeof(T), id);
        var known = id is Guid guid ? session.Work.Find(guid) : session.Work.Find((string)id);
        if (known is null)
        {
            known = id is Guid streamId
                ? new StreamAction(streamId, StreamActionType.Append)
                : new StreamAction((string)id, StreamActionType.Append);
            session.Work.StreamList.Add(known);
        }
        known.AggregateType = typeof(T);
        known.ExpectedVersionOnServer ??= version;
        return new EventStream<T>(session, known, aggregate, token);
    }

    private async ValueTask<T?> FetchLatestAsync<T>(object id, CancellationToken token) where T : class
        => (await ReadAggregateAsync<T>(id, false, token).ConfigureAwait(false)).Aggregate;

    /// <summary>The stream's version and aggregate, from the snapshot where there is one, in one round trip.</summary>
    private async Task<(long Version, T? Aggregate)> ReadAggregateAsync<T>(object id, bool exclusive,
        CancellationToken token) where T : class
    {
        var aggregator = Context.Options.Projections.Aggregator<T>();
        await Context.Schema.EnsureEventsAsync().ConfigureAwait(false);
        if (aggregator.Lifecycle != ProjectionLifecycle.Live)
        {
            await Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
            for (var attempt = 0; attempt < 5; attempt++)
            {
                if (await TryReadAggregateAsync(aggregator, Context.Mapping(typeof(T)), id, exclusive, token)
                    .ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
        }
        return (await TryReadAggregateAsync(aggregator, null, id, exclusive, token).ConfigureAwait(false))!.Value;
    }

    private async Task<(long Version, T? Aggregate)?> TryReadAggregateAsync<T>(IAggregator<T> aggregator,
        Documents.DocumentMapping? mapping, object id, bool exclusive, CancellationToken token) where T : class
    {
        var floor = "0";
        if (mapping is not null)
        {
            floor = $"coalesce((select s.mt_version from {mapping.Table} s where s.id = $1), 0)";
        }
        await using var lease = await session.LeaseAsync(token).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(lease.Connection, session.Link.Transaction)
        {
            Timeout = session.Link.Timeout,
        };
        Add(Sql.StreamVersion + (exclusive ? " for update" : ""));
        if (mapping is not null)
            Add(Context.Sql(mapping).LoadOne);
        Add($"{Sql.SelectEvents} where d.stream_id = $1 and d.version > {floor} order by d.version");
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(token).ConfigureAwait(false);
            long version = 0;
            long snapshotVersion = 0;
            T? snapshot = null;
            if (await reader.ReadAsync(token).ConfigureAwait(false))
                version = reader.GetInt64(0);
            await reader.NextResultAsync(token).ConfigureAwait(false);
            if (mapping is not null)
            {
                if (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    snapshot = session.Resolve<T>(mapping, reader);
                    snapshotVersion = Convert.ToInt64(reader.GetValue(2));
                }
                await reader.NextResultAsync(token).ConfigureAwait(false);
            }
            var events = new List<IEvent>();
            var rows = new EventReader(Context);
            while (await reader.ReadAsync(token).ConfigureAwait(false))
            {
                var @event = await rows.ReadAsync(reader, token).ConfigureAwait(false);
                // The statements see one moment each: what was committed in between belongs to the next fetch.
                if (@event.Version <= version)
                    events.Add(@event);
            }
            await reader.DisposeAsync().ConfigureAwait(false);
            // The projection may have moved the snapshot between the statements, so that events are missing in between.
            if (mapping is not null && version - snapshotVersion > events.Count)
                return null;
            var aggregate = await aggregator.BuildAsync(session, events, snapshot, id, token).ConfigureAwait(false);
            return (version, aggregate);
        }
        catch (NpgsqlException e)
        {
            throw exclusive && e.InnerException is TimeoutException
                ? new StreamLockedException(id, e)
                : new MartenCommandException(null, e);
        }

        void Add(string sql)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new() { Value = id });
            batch.BatchCommands.Add(command);
        }
    }
}

/// <summary>A stream fetched for writing.</summary>
internal sealed class EventStream<T>(DocumentSession session, StreamAction action, T? aggregate,
    CancellationToken cancellation) : IEventStream<T> where T : class
{
    private StreamAction _action = action;

    public T? Aggregate => aggregate;

    public long? StartingVersion => _action.ExpectedVersionOnServer;

    public long? CurrentVersion => _action.ExpectedVersionOnServer + _action.Events.Count;

    public CancellationToken Cancellation => cancellation;

    public Guid Id => _action.Id;

    public string? Key => _action.Key;

    public IReadOnlyList<IEvent> Events => _action.Events;

    public bool AlwaysEnforceConsistency
    {
        get => _action.AlwaysEnforceConsistency;
        set => _action.AlwaysEnforceConsistency = value;
    }

    public void AppendOne(object @event) => _action.AddEvent(session.Context.Options.EventGraph.BuildEvent(@event));

    public void AppendMany(params object[] events) => AppendMany(events.AsEnumerable());

    public void AppendMany(IEnumerable<object> events)
    {
        foreach (var @event in events)
            AppendOne(@event);
    }

    public void TryFastForwardVersion()
    {
        if (session.Work.StreamList.Contains(_action))
            return;
        _action = _action.FastForward();
        session.Work.StreamList.Add(_action);
    }
}
