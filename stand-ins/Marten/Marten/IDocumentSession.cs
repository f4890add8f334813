using System.Linq.Expressions;
using JasperFx.Events;
using Marten.Services;
using Weasel.Storage;

namespace Marten;

/// <summary>Queues changes of documents and events.</summary>
public interface IDocumentOperations : IQuerySession, IStorageOperations
{
    new Marten.Events.IEventStoreOperations Events { get; }

    /// <summary>Inserts or updates.</summary>
    void Store<T>(IEnumerable<T> entities) where T : notnull;

    void Store<T>(params T[] entities) where T : notnull;

    void StoreObjects(IEnumerable<object> documents);

    /// <summary>Inserts; saving throws <see cref="JasperFx.DocumentAlreadyExistsException"/> if one exists.</summary>
    void Insert<T>(IEnumerable<T> entities) where T : notnull;

    void Insert<T>(params T[] entities) where T : notnull;

    void InsertObjects(IEnumerable<object> documents);

    /// <summary>Updates; saving throws <see cref="Exceptions.NonExistentDocumentException"/> if none exists.</summary>
    void Update<T>(IEnumerable<T> entities) where T : notnull;

    void Update<T>(params T[] entities) where T : notnull;

    /// <summary>Stores if the stored version is the expected one, else saving throws a ConcurrencyException.</summary>
    void UpdateExpectedVersion<T>(T entity, Guid version) where T : notnull;

    /// <summary>Stores as this revision if the stored one is smaller, else saving throws.</summary>
    void UpdateRevision<T>(T entity, long revision) where T : notnull;

    /// <summary>Stores as this revision if the stored one is smaller, else does nothing.</summary>
    void TryUpdateRevision<T>(T entity, long revision) where T : notnull;

    void Delete<T>(T entity) where T : notnull;

    void Delete<T>(int id) where T : notnull;

    void Delete<T>(long id) where T : notnull;

    void Delete<T>(object id) where T : notnull;

    void Delete<T>(Guid id) where T : notnull;

    void Delete<T>(string id) where T : notnull;

    void DeleteWhere<T>(Expression<Func<T, bool>> expression) where T : notnull;

    void DeleteObjects(IEnumerable<object> documents);

    void HardDelete<T>(T entity) where T : notnull;

    void HardDelete<T>(int id) where T : notnull;

    void HardDelete<T>(long id) where T : notnull;

    void HardDelete<T>(Guid id) where T : notnull;

    void HardDelete<T>(string id) where T : notnull;

    void HardDeleteWhere<T>(Expression<Func<T, bool>> expression) where T : notnull;

    /// <summary>Queues a command for the same transaction. Placeholders are <c>?</c>.</summary>
    void QueueSqlCommand(string sql, params object[] parameterValues);

    /// <summary>Queues a command whose placeholder is another character, as <c>?</c> is also a JSON operator.</summary>
    void QueueSqlCommand(char placeholder, string sql, params object[] parameterValues);

    /// <summary>From now on gives the same instance for the same identity of this type.</summary>
    void UseIdentityMapFor<T>() where T : notnull;
}

/// <summary>A unit of work: one transaction when it is saved.</summary>
public interface IDocumentSession : IDocumentOperations
{
    /// <summary>What is queued.</summary>
    IUnitOfWork PendingChanges { get; }

    new Marten.Events.IEventStoreOperations Events { get; }

    ConcurrencyChecks Concurrency { get; }

    IList<IDocumentSessionListener> Listeners { get; }

    string? LastModifiedBy { get; set; }

    void BeginTransaction();

    ValueTask BeginTransactionAsync(CancellationToken token);

    /// <summary>Writes everything queued, all or nothing.</summary>
    /// <exception cref="JasperFx.ConcurrencyException">An expected version did not hold.</exception>
    Task SaveChangesAsync(CancellationToken token = default);

    void Eject<T>(T document) where T : notnull;

    void EjectAllOfType(Type type);

    void EjectAllPendingChanges();

    /// <summary>Sets a header on every event of this session.</summary>
    void SetHeader(string key, object value);

    object? GetHeader(string key);
}
