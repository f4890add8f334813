using JasperFx.Events;
using Marten.Exceptions;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>Appending events in a session.</summary>
internal sealed partial class EventStoreOperations(DocumentSession session)
    : EventStore(session), Marten.Events.IEventStoreOperations
{
    public IEvent BuildEvent(object data) => Context.Options.EventGraph.BuildEvent(data);

    public StreamAction Append(Guid stream, IEnumerable<object> events) => Append(stream, events.ToArray());

    public StreamAction Append(Guid stream, params object[] events) => Add(stream, null, events);

    public StreamAction Append(string stream, IEnumerable<object> events) => Append(stream, events.ToArray());

    public StreamAction Append(string stream, params object[] events) => Add(null, stream, events);

    public StreamAction Append(Guid stream, long expectedVersion, IEnumerable<object> events)
        => Append(stream, expectedVersion, events.ToArray());

    public StreamAction Append(Guid stream, long expectedVersion, params object[] events)
        => Expecting(Add(stream, null, events), expectedVersion);

    public StreamAction Append(string stream, long expectedVersion, IEnumerable<object> events)
        => Append(stream, expectedVersion, events.ToArray());

    public StreamAction Append(string stream, long expectedVersion, params object[] events)
        => Expecting(Add(null, stream, events), expectedVersion);

    public StreamAction StartStream<TAggregate>(Guid id, IEnumerable<object> events) where TAggregate : class
        => Start(typeof(TAggregate), id, null, [.. events]);

    public StreamAction StartStream<TAggregate>(Guid id, params object[] events) where TAggregate : class
        => Start(typeof(TAggregate), id, null, events);

    public StreamAction StartStream(Type aggregateType, Guid id, IEnumerable<object> events)
        => Start(aggregateType, id, null, [.. events]);

    public StreamAction StartStream(Type aggregateType, Guid id, params object[] events)
        => Start(aggregateType, id, null, events);

    public StreamAction StartStream<TAggregate>(string streamKey, IEnumerable<object> events)
        where TAggregate : class
        => Start(typeof(TAggregate), null, streamKey, [.. events]);

    public StreamAction StartStream<TAggregate>(string streamKey, params object[] events) where TAggregate : class
        => Start(typeof(TAggregate), null, streamKey, events);

    public StreamAction StartStream(Type aggregateType, string streamKey, IEnumerable<object> events)
        => Start(aggregateType, null, streamKey, [.. events]);

    public StreamAction StartStream(Type aggregateType, string streamKey, params object[] events)
        => Start(aggregateType, null, streamKey, events);

    public StreamAction StartStream(Guid id, IEnumerable<object> events) => Start(null, id, null, [.. events]);

    public StreamAction StartStream(Guid id, params object[] events) => Start(null, id, null, events);

    public StreamAction StartStream(string streamKey, IEnumerable<object> events)
        => Start(null, null, streamKey, [.. events]);

    public StreamAction StartStream(string streamKey, params object[] events) => Start(null, null, streamKey, events);

    public StreamAction StartStream<TAggregate>(IEnumerable<object> events) where TAggregate : class
        => StartNew(typeof(TAggregate), [.. events]);

    public StreamAction StartStream<TAggregate>(params object[] events) where TAggregate : class
        => StartNew(typeof(TAggregate), events);

    public StreamAction StartStream(Type aggregateType, IEnumerable<object> events)
        => StartNew(aggregateType, [.. events]);

    public StreamAction StartStream(Type aggregateType, params object[] events) => StartNew(aggregateType, events);

    public StreamAction StartStream(IEnumerable<object> events) => StartNew(null, [.. events]);

    public StreamAction StartStream(params object[] events) => StartNew(null, events);

    public Task AppendOptimistic(string streamKey, CancellationToken token, params object[] events)
        => AppendOptimisticAsync(streamKey, events, token);

    public Task AppendOptimistic(string streamKey, params object[] events)
        => AppendOptimisticAsync(streamKey, events, default);

    public Task AppendOptimistic(Guid streamId, CancellationToken token, params object[] events)
        => AppendOptimisticAsync(streamId, events, token);

    public Task AppendOptimistic(Guid streamId, params object[] events)
        => AppendOptimisticAsync(streamId, events, default);

    public Task AppendExclusive(string streamKey, CancellationToken token, params object[] events)
        => AppendExclusiveAsync(streamKey, events, token);

    public Task AppendExclusive(string streamKey, params object[] events)
        => AppendExclusiveAsync(streamKey, events, default);

    public Task AppendExclusive(Guid streamId, CancellationToken token, params object[] events)
        => AppendExclusiveAsync(streamId, events, token);

    public Task AppendExclusive(Guid streamId, params object[] events)
        => AppendExclusiveAsync(streamId, events, default);

    public void ArchiveStream(Guid streamId) => Archive(streamId);

    public void ArchiveStream(string streamKey) => Archive(streamKey);

    public void OverwriteEvent(IEvent e)
    {
        var parameters = new List<NpgsqlParameter>
        {
            new() { Value = Context.ToJson(e.Data), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb },
            new() { Value = e.Sequence },
        };
        if (Context.Options.Events.MetadataConfig.HeadersEnabled)
        {
            parameters.Add(new()
            {
                Value = e.Headers is null ? DBNull.Value : Context.ToJson(e.Headers),
                NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb,
            });
        }
        session.Work.Add(new SqlOperation(Sql.Overwrite, [.. parameters]));
    }

    private static StreamAction Expecting(StreamAction stream, long expectedVersion)
    {
        stream.ExpectedVersionOnServer = expectedVersion - stream.Events.Count;
        return stream.ExpectedVersionOnServer < 0
            ? throw new ArgumentOutOfRangeException(nameof(expectedVersion),
                $"The expected version of the stream after the append ({expectedVersion}) cannot be less than the "
                + $"number of events appended ({stream.Events.Count})")
            : stream;
    }

    private void Check(bool byKey)
    {
        var expected = Context.Options.Events.StreamIdentity;
        if (byKey != (expected == StreamIdentity.AsString))
        {
            throw new InvalidOperationException(byKey
                ? "This Marten event store is configured to identify streams with Guids"
                : "This Marten event store is configured to identify streams with strings");
        }
    }

    private IEvent[] Wrap(object[] events) => Array.ConvertAll(events, Context.Options.EventGraph.BuildEvent);

    private StreamAction Add(Guid? id, string? key, object[] events)
    {
        Check(key is not null);
        var stream = key is null ? session.Work.Find(id!.Value) : session.Work.Find(key);
        if (stream is null)
        {
            stream = key is null
                ? new StreamAction(id!.Value, StreamActionType.Append)
                : new StreamAction(key, StreamActionType.Append);
            session.Work.StreamList.Add(stream);
        }
        return stream.AddEvents(Wrap(events));
    }

    private StreamAction StartNew(Type? aggregate, object[] events)
        => Context.Options.Events.StreamIdentity == StreamIdentity.AsGuid
            ? Start(aggregate, Guid.CreateVersion7(), null, events)
            : Start(aggregate, null, Guid.CreateVersion7().ToString(), events);

    private StreamAction Start(Type? aggregate, Guid? id, string? key, object[] events)
    {
        Check(key is not null);
        if (events.Length == 0)
            throw key is null ? new EmptyEventStreamException(id!.Value) : new EmptyEventStreamException(key);
        if (aggregate is null && Context.Options.Events.UseMandatoryStreamTypeDeclaration)
            throw new InvalidStreamOperationException($"The stream '{key ?? id.ToString()}' has no declared type");
        if ((key is null ? session.Work.Find(id!.Value) : session.Work.Find(key)) is { } known)
            return known.AddEvents(Wrap(events));
        var stream = key is null
            ? new StreamAction(id!.Value, StreamActionType.Start)
            : new StreamAction(key, StreamActionType.Start);
        stream.AggregateType = aggregate;
        session.Work.StreamList.Add(stream.AddEvents(Wrap(events)));
        return stream;
    }

    private async Task AppendOptimisticAsync(object id, object[] events, CancellationToken token)
    {
        var version = await VersionAsync(id, false, token).ConfigureAwait(false)
            ?? throw new NonExistentStreamException(id);
        Add(id as Guid?, id as string, events).ExpectedVersionOnServer = version;
    }

    private async Task AppendExclusiveAsync(object id, object[] events, CancellationToken token)
    {
        await session.BeginTransactionAsync(token).ConfigureAwait(false);
        var version = await VersionAsync(id, true, token).ConfigureAwait(false)
            ?? throw new NonExistentStreamException(id);
        Add(id as Guid?, id as string, events).ExpectedVersionOnServer = version;
    }

    private async Task<long?> VersionAsync(object id, bool exclusive, CancellationToken token)
    {
        await Context.Schema.EnsureEventsAsync().ConfigureAwait(false);
        try
        {
            var found = await session.ReadAsync(Sql.StreamVersion + (exclusive ? " for update" : ""),
                [new() { Value = id }], (reader, _) => new ValueTask<long?>(reader.GetInt64(0)), token)
                .ConfigureAwait(false);
            return found.FirstOrDefault();
        }
        catch (MartenCommandException e) when (exclusive && e.InnerException is NpgsqlException
            { InnerException: TimeoutException })
        {
            throw new StreamLockedException(id, e.InnerException);
        }
    }

    private void Archive(object id)
        => session.Work.Add(new SqlOperation($"select {Sql.Schema}.mt_archive_stream($1)", [new() { Value = id }]));
}
