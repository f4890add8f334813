using System.Data.Common;
using Marten.Events;
using Marten.Linq;
using Marten.Storage;
using Marten.Storage.Metadata;
using Npgsql;

namespace Marten;

/// <summary>Reads documents and events.</summary>
public interface IQuerySession : IDisposable, IAsyncDisposable
{
    IMartenDatabase Database { get; }

    /// <summary>The session's connection, opened in a transaction that the session's save commits.</summary>
    NpgsqlConnection Connection { get; }

    /// <summary>Database requests made so far.</summary>
    int RequestCount { get; }

    IDocumentStore DocumentStore { get; }

    IQueryEventStore Events { get; }

    IJsonLoader Json { get; }

    string? CausationId { get; set; }

    string? CorrelationId { get; set; }

    string TenantId { get; }

    IAdvancedSql AdvancedSql { get; }

    Task<bool> CheckExistsAsync<T>(string id, CancellationToken token = default) where T : notnull;

    Task<bool> CheckExistsAsync<T>(int id, CancellationToken token = default) where T : notnull;

    Task<bool> CheckExistsAsync<T>(long id, CancellationToken token = default) where T : notnull;

    Task<bool> CheckExistsAsync<T>(Guid id, CancellationToken token = default) where T : notnull;

    Task<bool> CheckExistsAsync<T>(object id, CancellationToken token = default) where T : notnull;

    Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull;

    Task<T?> LoadAsync<T>(object id, CancellationToken token = default) where T : notnull;

    Task<T?> LoadAsync<T>(int id, CancellationToken token = default) where T : notnull;

    Task<T?> LoadAsync<T>(long id, CancellationToken token = default) where T : notnull;

    Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(params string[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<string> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(params Guid[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<Guid> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(params int[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<int> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(params long[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<long> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params string[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<string> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params Guid[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<Guid> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params int[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<int> ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params long[] ids) where T : notnull;

    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<long> ids) where T : notnull;

    /// <summary>Documents of a type, to be queried with LINQ.</summary>
    IMartenQueryable<T> Query<T>() where T : notnull;

    /// <summary>As Query, once the asynchronous projections of the type have caught up.</summary>
    IMartenQueryable<T> QueryForNonStaleData<T>(TimeSpan timeout) where T : notnull;

    /// <summary>
    /// Documents by SQL: a whole statement whose first column is the JSON (or a scalar), or what follows the
    /// table's name, such as <c>where …</c>. Placeholders are <c>?</c>.
    /// </summary>
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters);

    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token,
        params object[] parameters);

    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, params object[] parameters);

    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, params object[] parameters);

    Guid? VersionFor<TDoc>(TDoc entity) where TDoc : notnull;

    Task<DocumentMetadata?> MetadataForAsync<T>(T entity, CancellationToken token = default) where T : notnull;

    Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken token = new());

    Task<DbDataReader> ExecuteReaderAsync(NpgsqlCommand command, CancellationToken token = default);
}

/// <summary>Queries by a whole SQL statement; each type takes its columns in turn.</summary>
public interface IAdvancedSql
{
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters);

    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token,
        params object[] parameters);

    Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(string sql, CancellationToken token, params object[] parameters);

    Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(char placeholder, string sql, CancellationToken token,
        params object[] parameters);

    Task<IReadOnlyList<(T1, T2, T3)>> QueryAsync<T1, T2, T3>(string sql, CancellationToken token,
        params object[] parameters);

    Task<IReadOnlyList<(T1, T2, T3)>> QueryAsync<T1, T2, T3>(char placeholder, string sql, CancellationToken token,
        params object[] parameters);

    IAsyncEnumerable<T> StreamAsync<T>(string sql, CancellationToken token, params object[] parameters);

    IAsyncEnumerable<T> StreamAsync<T>(char placeholder, string sql, CancellationToken token,
        params object[] parameters);
}

/// <summary>Documents as their stored JSON.</summary>
public interface IJsonLoader
{
    Task<string?> FindByIdAsync<T>(string id, CancellationToken token = default) where T : class;

    Task<string?> FindByIdAsync<T>(int id, CancellationToken token = default) where T : class;

    Task<string?> FindByIdAsync<T>(long id, CancellationToken token = default) where T : class;

    Task<string?> FindByIdAsync<T>(Guid id, CancellationToken token = default) where T : class;
}
