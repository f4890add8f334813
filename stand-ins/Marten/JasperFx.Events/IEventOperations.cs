namespace JasperFx.Events;

/// <summary>Appending to streams. Nothing reaches the database before the session is saved.</summary>
public interface IEventOperations
{
    StreamAction Append(Guid stream, IEnumerable<object> events);

    StreamAction Append(Guid stream, params object[] events);

    StreamAction Append(string stream, IEnumerable<object> events);

    StreamAction Append(string stream, params object[] events);

    /// <param name="stream">The stream.</param>
    /// <param name="expectedVersion">The version the stream will have <i>after</i> the append.</param>
    /// <param name="events">The events.</param>
    StreamAction Append(Guid stream, long expectedVersion, params object[] events);

    /// <inheritdoc cref="Append(Guid,long,object[])"/>
    StreamAction Append(string stream, long expectedVersion, IEnumerable<object> events);

    /// <inheritdoc cref="Append(Guid,long,object[])"/>
    StreamAction Append(string stream, long expectedVersion, params object[] events);

    StreamAction StartStream<TAggregate>(Guid id, params object[] events) where TAggregate : class;

    StreamAction StartStream(Type aggregateType, Guid id, IEnumerable<object> events);

    StreamAction StartStream(Type aggregateType, Guid id, params object[] events);

    StreamAction StartStream<TAggregate>(string streamKey, IEnumerable<object> events) where TAggregate : class;

    StreamAction StartStream<TAggregate>(string streamKey, params object[] events) where TAggregate : class;

    StreamAction StartStream(Type aggregateType, string streamKey, IEnumerable<object> events);

    StreamAction StartStream(Type aggregateType, string streamKey, params object[] events);

    StreamAction StartStream(Guid id, IEnumerable<object> events);

    StreamAction StartStream(Guid id, params object[] events);

    StreamAction StartStream(string streamKey, IEnumerable<object> events);

    StreamAction StartStream(string streamKey, params object[] events);

    StreamAction StartStream<TAggregate>(IEnumerable<object> events) where TAggregate : class;

    StreamAction StartStream<TAggregate>(params object[] events) where TAggregate : class;

    StreamAction StartStream(Type aggregateType, IEnumerable<object> events);

    StreamAction StartStream(Type aggregateType, params object[] events);

    StreamAction StartStream(IEnumerable<object> events);

    StreamAction StartStream(params object[] events);
}

/// <summary>Reading streams.</summary>
public interface IQueryEventStore
{
    /// <param name="streamId">The stream.</param>
    /// <param name="version">Only up to this version, if not 0.</param>
    /// <param name="timestamp">Only up to this instant.</param>
    /// <param name="fromVersion">Only from this version on.</param>
    /// <param name="token">Cancels.</param>
    Task<IReadOnlyList<IEvent>> FetchStreamAsync(Guid streamId, long version = 0, DateTimeOffset? timestamp = null,
        long fromVersion = 0, CancellationToken token = default);

    /// <inheritdoc cref="FetchStreamAsync(Guid,long,DateTimeOffset?,long,CancellationToken)"/>
    Task<IReadOnlyList<IEvent>> FetchStreamAsync(string streamKey, long version = 0, DateTimeOffset? timestamp = null,
        long fromVersion = 0, CancellationToken token = default);

    /// <summary>Folds the stream's events, up to a version or an instant, onto <paramref name="state"/>.</summary>
    Task<T?> AggregateStreamAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null,
        T? state = null, long fromVersion = 0, CancellationToken token = default) where T : class;

    /// <inheritdoc cref="AggregateStreamAsync{T}(Guid,long,DateTimeOffset?,T,long,CancellationToken)"/>
    Task<T?> AggregateStreamAsync<T>(string streamKey, long version = 0, DateTimeOffset? timestamp = null,
        T? state = null, long fromVersion = 0, CancellationToken token = default) where T : class;

    /// <summary>As AggregateStreamAsync, but a deleted aggregate comes back as it was before its deletion.</summary>
    Task<T?> AggregateStreamToLastKnownAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null,
        CancellationToken token = default) where T : class;

    /// <inheritdoc cref="AggregateStreamToLastKnownAsync{T}(Guid,long,DateTimeOffset?,CancellationToken)"/>
    Task<T?> AggregateStreamToLastKnownAsync<T>(string streamKey, long version = 0, DateTimeOffset? timestamp = null,
        CancellationToken token = default) where T : class;

    Task<IEvent<T>?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : class;

    Task<IEvent?> LoadAsync(Guid id, CancellationToken token = default);

    Task<StreamState?> FetchStreamStateAsync(Guid streamId, CancellationToken token = default);

    Task<StreamState?> FetchStreamStateAsync(string streamKey, CancellationToken token = default);
}

/// <summary>Appending with checks, and fetching an aggregate in order to append.</summary>
public interface IEventStoreOperations : IEventOperations, IQueryEventStore
{
    IEvent BuildEvent(object data);

    /// <inheritdoc cref="IEventOperations.Append(Guid,long,object[])"/>
    StreamAction Append(Guid stream, long expectedVersion, IEnumerable<object> events);

    StreamAction StartStream<TAggregate>(Guid id, IEnumerable<object> events) where TAggregate : class;

    /// <summary>Appends, expecting the version that the stream has now.</summary>
    Task AppendOptimistic(string streamKey, CancellationToken token, params object[] events);

    Task AppendOptimistic(string streamKey, params object[] events);

    Task AppendOptimistic(Guid streamId, CancellationToken token, params object[] events);

    Task AppendOptimistic(Guid streamId, params object[] events);

    /// <summary>Appends, holding the stream's row lock from now until the session is saved.</summary>
    Task AppendExclusive(string streamKey, CancellationToken token, params object[] events);

    Task AppendExclusive(string streamKey, params object[] events);

    Task AppendExclusive(Guid streamId, CancellationToken token, params object[] events);

    Task AppendExclusive(Guid streamId, params object[] events);

    /// <summary>Marks a stream and its events as archived: projections and queries no longer see them.</summary>
    void ArchiveStream(Guid streamId);

    void ArchiveStream(string streamKey);

    Task<IEventStream<T>> FetchForWriting<T>(Guid id, CancellationToken cancellation = default) where T : class;

    Task<IEventStream<T>> FetchForWriting<T>(string key, CancellationToken cancellation = default) where T : class;

    /// <exception cref="ConcurrencyException">The stream is at another version.</exception>
    Task<IEventStream<T>> FetchForWriting<T>(Guid id, long expectedVersion, CancellationToken cancellation = default)
        where T : class;

    /// <exception cref="ConcurrencyException">The stream is at another version.</exception>
    Task<IEventStream<T>> FetchForWriting<T>(string key, long expectedVersion,
        CancellationToken cancellation = default) where T : class;

    Task<IEventStream<T>> FetchForExclusiveWriting<T>(Guid id, CancellationToken cancellation = default)
        where T : class;

    Task<IEventStream<T>> FetchForExclusiveWriting<T>(string key, CancellationToken cancellation = default)
        where T : class;

    /// <summary>Fetches for writing, lets <paramref name="writing"/> append, and saves the session.</summary>
    Task WriteToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default)
        where T : class;

    Task WriteToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default)
        where T : class;

    Task WriteToAggregate<T>(string id, Action<IEventStream<T>> writing, CancellationToken cancellation = default)
        where T : class;

    Task WriteToAggregate<T>(string id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default)
        where T : class;

    Task WriteToAggregate<T>(Guid id, int expectedVersion, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteToAggregate<T>(Guid id, int expectedVersion, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteToAggregate<T>(string id, int expectedVersion, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteToAggregate<T>(string id, int expectedVersion, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteExclusivelyToAggregate<T>(Guid id, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteExclusivelyToAggregate<T>(string id, Action<IEventStream<T>> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteExclusivelyToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class;

    Task WriteExclusivelyToAggregate<T>(string id, Func<IEventStream<T>, Task> writing,
        CancellationToken cancellation = default) where T : class;

    /// <summary>Replaces the stored data and headers of an event. For masking only.</summary>
    void OverwriteEvent(IEvent e);

    /// <summary>The aggregate as of now, from its snapshot and the events after it.</summary>
    ValueTask<T?> FetchLatest<T>(Guid id, CancellationToken cancellation = default) where T : class;

    ValueTask<T?> FetchLatest<T>(string id, CancellationToken cancellation = default) where T : class;
}

/// <summary>What projections may ask of the unit of work they write to.</summary>
public interface IStorageOperations : IAsyncDisposable
{
    bool EnableSideEffectsOnInlineProjections { get; }
}
