using System.Data;
using JasperFx.Events.Daemon;
using Marten.Services;
using Microsoft.Extensions.Logging;
using Weasel.Core;

namespace Marten;

/// <summary>The store of one database: opens sessions, and gives access to its schema, daemon and data.</summary>
public interface IDocumentStore : IDisposable, IAsyncDisposable
{
    IReadOnlyStoreOptions Options { get; }

    IMartenStorage Storage { get; }

    AdvancedOperations Advanced { get; }

    IDocumentSession OpenSession(SessionOptions options);

    Task<IDocumentSession> OpenSerializableSessionAsync(SessionOptions options, CancellationToken token = default);

    IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted);

    IDocumentSession LightweightSession(SessionOptions options);

    Task<IDocumentSession> LightweightSerializableSessionAsync(CancellationToken token = default);

    Task<IDocumentSession> LightweightSerializableSessionAsync(SessionOptions options,
        CancellationToken token = default);

    /// <summary>A session that gives the same instance for the same identity.</summary>
    IDocumentSession IdentitySession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted);

    IDocumentSession IdentitySession(SessionOptions options);

    Task<IDocumentSession> IdentitySerializableSessionAsync(CancellationToken token = default);

    Task<IDocumentSession> IdentitySerializableSessionAsync(SessionOptions options, CancellationToken token = default);

    IQuerySession QuerySession();

    IQuerySession QuerySession(SessionOptions options);

    Task<IQuerySession> QuerySerializableSessionAsync(CancellationToken token = default);

    Task<IQuerySession> QuerySerializableSessionAsync(SessionOptions options, CancellationToken token = default);

    /// <summary>Writes many documents with COPY.</summary>
    Task BulkInsertAsync<T>(IReadOnlyCollection<T> documents, BulkInsertMode mode = BulkInsertMode.InsertsOnly,
        int batchSize = 1000, CancellationToken cancellation = default) where T : notnull;

    Task BulkInsertDocumentsAsync(IEnumerable<object> documents, BulkInsertMode mode = BulkInsertMode.InsertsOnly,
        int batchSize = 1000, CancellationToken cancellation = default);

    ValueTask<IProjectionDaemon> BuildProjectionDaemonAsync(string? tenantIdOrDatabaseIdentifier = null,
        ILogger? logger = null);
}
