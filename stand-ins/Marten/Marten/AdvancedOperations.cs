using System.Linq.Expressions;
using JasperFx.Events;
using JasperFx.Events.Projections;
using JasperFx.Events.Protected;
using Marten.Events;
using Marten.Schema;

namespace JasperFx.Events.Protected
{
    /// <summary>Which events are masked.</summary>
    public interface IEventDataMasking
    {
        IEventDataMasking IncludeStream(Guid streamId);

        IEventDataMasking IncludeStream(string streamKey);

        IEventDataMasking IncludeStream(Guid streamId, Func<IEvent, bool> filter);

        IEventDataMasking IncludeStream(string streamKey, Func<IEvent, bool> filter);

        IEventDataMasking IncludeEvents(Expression<Func<IEvent, bool>> filter);

        /// <summary>A header that every masked event gets.</summary>
        IEventDataMasking AddHeader(string key, object value);
    }
}

namespace Marten
{
    /// <summary>Less usual operations of a store.</summary>
    public class AdvancedOperations
    {
        private readonly DocumentStore _store;

        internal AdvancedOperations(DocumentStore store) => _store = store;

        public IDocumentCleaner Clean => _store.Database;

        public ISerializer Serializer => _store.Context.Serializer;

        /// <summary>Deletes all documents and events, and puts the initial data in again.</summary>
        public async Task ResetAllData(CancellationToken cancellation = default)
        {
            await Clean.DeleteAllDocumentsAsync(cancellation).ConfigureAwait(false);
            await Clean.DeleteAllEventDataAsync(cancellation).ConfigureAwait(false);
            foreach (var data in _store.StoreOptions.InitialData)
                await data.Populate(_store, cancellation).ConfigureAwait(false);
        }

        public Task<EventStoreStatistics> FetchEventStoreStatistics(string? tenantId = null,
            CancellationToken token = default)
            => _store.Database.FetchEventStoreStatistics(token);

        public Task<IReadOnlyList<ShardState>> AllProjectionProgress(string? tenantId = null,
            CancellationToken token = default)
            => _store.Database.AllProjectionProgress(token);

        public Task<long> ProjectionProgressFor(ShardName name, string? tenantId = null,
            CancellationToken token = default)
            => _store.Database.ProjectionProgressFor(name, token);

        public IReadOnlyList<ShardName> AllAsyncProjectionShardNames()
            => [.. _store.StoreOptions.Projections.Runnable(ProjectionLifecycle.Async).SelectMany(p => p.ShardNames())];

        /// <summary>Folds one stream anew and stores the result.</summary>
        public async Task RebuildSingleStreamAsync<T>(Guid id, CancellationToken token = default) where T : class
        {
            await using var session = _store.LightweightSession();
            await StoreAsync(session, await session.Events.AggregateStreamAsync<T>(id, token: token)
                .ConfigureAwait(false), id, token).ConfigureAwait(false);
        }

        /// <inheritdoc cref="RebuildSingleStreamAsync{T}(Guid,CancellationToken)"/>
        public async Task RebuildSingleStreamAsync<T>(string id, CancellationToken token = default) where T : class
        {
            await using var session = _store.LightweightSession();
            await StoreAsync(session, await session.Events.AggregateStreamAsync<T>(id, token: token)
                .ConfigureAwait(false), id, token).ConfigureAwait(false);
        }

        /// <summary>Applies the masking rules to stored events: the one thing that changes them.</summary>
        public async Task ApplyEventDataMasking(Action<IEventDataMasking> configure,
            CancellationToken token = default)
        {
            var masking = new EventDataMasking();
            configure(masking);
            await masking.ApplyAsync(_store, token).ConfigureAwait(false);
        }

        private static async Task StoreAsync<T>(IDocumentSession session, T? document, object id,
            CancellationToken token) where T : class
        {
            if (document is null)
                session.Delete<T>(id);
            else
                session.Store(document);
            await session.SaveChangesAsync(token).ConfigureAwait(false);
        }

        private sealed class EventDataMasking : IEventDataMasking
        {
            private readonly List<Func<IDocumentSession, CancellationToken, Task<IReadOnlyList<IEvent>>>> _sources = [];
            private readonly Dictionary<string, object> _headers = [];

            public IEventDataMasking IncludeStream(Guid streamId) => IncludeStream(streamId, _ => true);

            public IEventDataMasking IncludeStream(string streamKey) => IncludeStream(streamKey, _ => true);

            public IEventDataMasking IncludeStream(Guid streamId, Func<IEvent, bool> filter)
                => From(async (s, t) => [.. (await s.Events.FetchStreamAsync(streamId, token: t).ConfigureAwait(false))
                    .Where(filter)]);

            public IEventDataMasking IncludeStream(string streamKey, Func<IEvent, bool> filter)
                => From(async (s, t) => [.. (await s.Events.FetchStreamAsync(streamKey, token: t).ConfigureAwait(false))
                    .Where(filter)]);

            public IEventDataMasking IncludeEvents(Expression<Func<IEvent, bool>> filter)
                => From((s, t) => s.Events.QueryAllRawEvents().Where(filter).ToListAsync(t));

            public IEventDataMasking AddHeader(string key, object value)
            {
                _headers[key] = value;
                return this;
            }

            public async Task ApplyAsync(DocumentStore store, CancellationToken token)
            {
                if (_sources.Count == 0)
                    throw new InvalidOperationException("You need to specify at least one stream or event filter");
                await using var session = store.LightweightSession();
                foreach (var source in _sources)
                {
                    foreach (var @event in await source(session, token).ConfigureAwait(false))
                    {
                        if (!store.StoreOptions.EventGraph.TryMask(@event))
                            continue;
                        foreach (var (key, value) in _headers)
                            @event.SetHeader(key, value);
                        session.Events.OverwriteEvent(@event);
                    }
                }
                await session.SaveChangesAsync(token).ConfigureAwait(false);
            }

            private EventDataMasking From(
                Func<IDocumentSession, CancellationToken, Task<IReadOnlyList<IEvent>>> source)
            {
                _sources.Add(source);
                return this;
            }
        }
    }
}
