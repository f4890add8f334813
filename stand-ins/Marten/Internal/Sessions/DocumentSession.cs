using System.Linq.Expressions;
using JasperFx.Events;
using Marten.Internal.Documents;
using Marten.Internal.Linq;
using Marten.Services;
using Weasel.Storage;

namespace Marten.Internal.Sessions;

/// <summary>Queues changes until they are saved.</summary>
internal sealed partial class DocumentSession : QuerySession, IDocumentSession
{
    private Dictionary<string, object>? _headers;

    public DocumentSession(StoreContext store, SessionOptions options)
        : base(store, options)
    {
        if (store.Options.Listeners.Count + options.Listeners.Count > 0)
            Listeners = [.. store.Options.Listeners, .. options.Listeners];
        EventStore = new EventStoreOperations(this);
    }

    public UnitOfWork Work { get; } = new();

    public IUnitOfWork PendingChanges => Work;

    public new EventStoreOperations EventStore { get; }

    public new Marten.Events.IEventStoreOperations Events => EventStore;

    public ConcurrencyChecks Concurrency => Options.ConcurrencyChecks;

    public override IList<IDocumentSessionListener> Listeners { get; } = [];

    public string? LastModifiedBy { get; set; }

    public bool EnableSideEffectsOnInlineProjections => Context.Options.Events.EnableSideEffectsOnInlineProjections;

    public void BeginTransaction() => Link.Begin();

    public ValueTask BeginTransactionAsync(CancellationToken token) => Link.BeginAsync(token);

    public void Store<T>(IEnumerable<T> entities) where T : notnull => Write(entities.Cast<object>(), WriteKind.Upsert);

    public void Store<T>(params T[] entities) where T : notnull
        => Write(entities.Cast<object>(), WriteKind.Upsert);

    public void StoreObjects(IEnumerable<object> documents) => Write(documents, WriteKind.Upsert);

    public void Insert<T>(IEnumerable<T> entities) where T : notnull
        => Write(entities.Cast<object>(), WriteKind.Insert);

    public void Insert<T>(params T[] entities) where T : notnull => Write(entities.Cast<object>(), WriteKind.Insert);

    public void InsertObjects(IEnumerable<object> documents) => Write(documents, WriteKind.Insert);

    public void Update<T>(IEnumerable<T> entities) where T : notnull
        => Write(entities.Cast<object>(), WriteKind.Update);

    public void Update<T>(params T[] entities) where T : notnull => Write(entities.Cast<object>(), WriteKind.Update);

    public void UpdateExpectedVersion<T>(T entity, Guid version) where T : notnull
    {
        var (mapping, id) = Identify(entity);
        Queue(new DocumentWrite(mapping, entity, id, WriteKind.Upsert) { ExpectedVersion = version });
    }

    public void UpdateRevision<T>(T entity, long revision) where T : notnull => WriteRevision(entity, revision, false);

    public void TryUpdateRevision<T>(T entity, long revision) where T : notnull
        => WriteRevision(entity, revision, true);

    public void Delete<T>(T entity) where T : notnull
    {
        var (mapping, id) = Identify(entity);
        Remove(mapping, id, entity);
    }

    public void Delete<T>(int id) where T : notnull => RemoveInteger<T>(id);

    public void Delete<T>(long id) where T : notnull => RemoveInteger<T>(id);

    public void Delete<T>(object id) where T : notnull => Remove(Context.Mapping(typeof(T)), id, null);

    public void Delete<T>(Guid id) where T : notnull => Remove(Context.Mapping(typeof(T)), id, null);

    public void Delete<T>(string id) where T : notnull => Remove(Context.Mapping(typeof(T)), id, null);

    public void DeleteWhere<T>(Expression<Func<T, bool>> expression) where T : notnull
    {
        var mapping = Context.Mapping(typeof(T));
        var (where, parameters) = new DocumentQuerySource(Context, mapping).Where(expression);
        Work.Add(new SqlOperation($"delete from {mapping.Table} as d where {where}", parameters, mapping));
    }

    public void DeleteObjects(IEnumerable<object> documents)
    {
        foreach (var document in documents)
        {
            var mapping = Context.Mapping(document.GetType());
            Remove(mapping, mapping.GetId(document), document);
        }
    }

    public void HardDelete<T>(T entity) where T : notnull => Delete(entity);

    public void HardDelete<T>(int id) where T : notnull => Delete<T>(id);

    public void HardDelete<T>(long id) where T : notnull => Delete<T>(id);

    public void HardDelete<T>(Guid id) where T : notnull => Delete<T>(id);

    public void HardDelete<T>(string id) where T : notnull => Delete<T>(id);

    public void HardDeleteWhere<T>(Expression<Func<T, bool>> expression) where T : notnull => DeleteWhere(expression);

    public void QueueSqlCommand(string sql, params object[] parameterValues)
        => QueueSqlCommand('?', sql, parameterValues);

    public void QueueSqlCommand(char placeholder, string sql, params object[] parameterValues)
    {
        var (text, parameters) = SqlText.Bind(sql.TrimEnd().TrimEnd(';'), placeholder, parameterValues);
        Link.Touch(text);
        Work.Add(new SqlOperation(text, parameters));
    }

    public void Eject<T>(T document) where T : notnull
    {
        Work.Eject(document);
        ForgetDocument(typeof(T), Context.Mapping(typeof(T)).GetId(document));
    }

    public void EjectAllOfType(Type type)
    {
        Work.EjectAll(type);
        ForgetAll(type);
    }

    public void EjectAllPendingChanges() => Work.Clear();

    public void SetHeader(string key, object value) => (_headers ??= [])[key] = value;

    public object? GetHeader(string key) => _headers?.GetValueOrDefault(key);

    public void ApplyMetadata(IEvent @event)
    {
        var config = Context.Options.Events.MetadataConfig;
        if (config.CorrelationIdEnabled)
            @event.CorrelationId ??= CorrelationId;
        if (config.CausationIdEnabled)
            @event.CausationId ??= CausationId;
        if (config.UserNameEnabled)
            @event.UserName ??= LastModifiedBy;
        if (!config.HeadersEnabled || _headers is null)
            return;
        foreach (var header in _headers)
            @event.SetHeader(header.Key, header.Value);
    }

    private (DocumentMapping Mapping, object Id) Identify(object entity)
    {
        var mapping = Context.Mapping(entity.GetType());
        return (mapping, mapping.AssignId(entity));
    }

    private void Write(IEnumerable<object> documents, WriteKind kind)
    {
        ArgumentNullException.ThrowIfNull(documents);
        foreach (var document in documents)
        {
            var (mapping, id) = Identify(document);
            Guid? expected = null;
            if (mapping.OptimisticConcurrency && kind != WriteKind.Insert
                && Concurrency == ConcurrencyChecks.Enabled)
            {
                // A document that was never loaded is taken for new: one that exists is not overwritten.
                expected = KnownVersion(mapping.DocumentType, id) ?? Versions.Get(mapping, document) ?? Guid.Empty;
            }
            var revision = mapping.NumericRevisions && mapping.VersionMember is not null && kind == WriteKind.Upsert
                && Concurrency == ConcurrencyChecks.Enabled && !mapping.IsProjected
                ? NextRevision(mapping, document)
                : 0;
            Queue(new DocumentWrite(mapping, document, id, kind) { ExpectedVersion = expected, Revision = revision });
        }
    }

    private static long NextRevision(DocumentMapping mapping, object document)
    {
        var current = Convert.ToInt64(MemberAccess.Getter(mapping.DocumentType, mapping.VersionMember!)(document));
        return current == 0 ? 0 : current + 1;
    }

    private void WriteRevision(object entity, long revision, bool ignoreConflict)
    {
        var (mapping, id) = Identify(entity);
        Queue(new DocumentWrite(mapping, entity, id, WriteKind.Upsert)
        {
            Revision = revision,
            IgnoreConflict = ignoreConflict,
        });
    }

    private void Queue(DocumentWrite write)
    {
        Work.Add(write);
        Remember(write.Mapping.DocumentType, write.Id, write.Document);
        foreach (var listener in Listeners)
            listener.DocumentAddedForStorage(write.Id, write.Document);
    }

    private void RemoveInteger<T>(long id)
    {
        var mapping = Context.Mapping(typeof(T));
        Remove(mapping, mapping.IdType == typeof(int) ? (int)id : id, null);
    }

    private void Remove(DocumentMapping mapping, object id, object? document)
    {
        Work.Add(new DocumentDeletion(mapping, document, [id]));
        ForgetDocument(mapping.DocumentType, id);
    }
}
