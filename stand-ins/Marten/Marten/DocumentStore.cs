using System.Data;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten.Internal.Daemon;
using Marten.Internal.Sessions;
using Marten.Services;
using Marten.Storage;
using Microsoft.Extensions.Logging;
using Weasel.Core;

namespace Marten;

/// <summary>The store of one database.</summary>
public class DocumentStore : IDocumentStore, IMartenStorage
{
    private readonly StoreOptions _options;
    private bool _disposed;

    public DocumentStore(StoreOptions options)
    {
        _options = options;
        options.Projections.AssertValidity();
        Context = new StoreContext(options, this);
        MartenDatabase = new MartenDatabase(Context);
        Advanced = new AdvancedOperations(this);
    }

    public IReadOnlyStoreOptions Options => _options;

    public IMartenStorage Storage => this;

    public AdvancedOperations Advanced { get; }

    public IMartenDatabase Database => MartenDatabase;

    internal StoreContext Context { get; }

    internal MartenDatabase MartenDatabase { get; }

    internal StoreOptions StoreOptions => _options;

    public static DocumentStore For(string connectionString) => For(options => options.Connection(connectionString));

    public static DocumentStore For(Action<StoreOptions> configure)
    {
        var options = new StoreOptions();
        configure(options);
        return new DocumentStore(options);
    }

    public IDocumentSession OpenSession(SessionOptions options) => new DocumentSession(Context, options);

    public async Task<IDocumentSession> OpenSerializableSessionAsync(SessionOptions options,
        CancellationToken token = default)
    {
        options.IsolationLevel = IsolationLevel.Serializable;
        var session = OpenSession(options);
        await session.BeginTransactionAsync(token).ConfigureAwait(false);
        return session;
    }

    public IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted)
        => LightweightSession(new SessionOptions { IsolationLevel = isolationLevel });

    public IDocumentSession LightweightSession(SessionOptions options)
        => OpenSession(options.WithTracking(DocumentTracking.None));

    public Task<IDocumentSession> LightweightSerializableSessionAsync(CancellationToken token = default)
        => LightweightSerializableSessionAsync(new SessionOptions(), token);

    public Task<IDocumentSession> LightweightSerializableSessionAsync(SessionOptions options,
        CancellationToken token = default)
        => OpenSerializableSessionAsync(options.WithTracking(DocumentTracking.None), token);

    public IDocumentSession IdentitySession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted)
        => IdentitySession(new SessionOptions { IsolationLevel = isolationLevel });

    public IDocumentSession IdentitySession(SessionOptions options)
        => OpenSession(options.WithTracking(DocumentTracking.IdentityOnly));

    public Task<IDocumentSession> IdentitySerializableSessionAsync(CancellationToken token = default)
        => IdentitySerializableSessionAsync(new SessionOptions(), token);

    public Task<IDocumentSession> IdentitySerializableSessionAsync(SessionOptions options,
        CancellationToken token = default)
        => OpenSerializableSessionAsync(options.WithTracking(DocumentTracking.IdentityOnly), token);

    public IQuerySession QuerySession() => QuerySession(new SessionOptions());

    public IQuerySession QuerySession(SessionOptions options) => new QuerySession(Context, options);

    public Task<IQuerySession> QuerySerializableSessionAsync(CancellationToken token = default)
        => QuerySerializableSessionAsync(new SessionOptions(), token);

    public async Task<IQuerySession> QuerySerializableSessionAsync(SessionOptions options,
        CancellationToken token = default)
    {
        options.IsolationLevel = IsolationLevel.Serializable;
        var session = new QuerySession(Context, options);
        await session.Link.BeginAsync(token).ConfigureAwait(false);
        return session;
    }

    public Task BulkInsertAsync<T>(IReadOnlyCollection<T> documents, BulkInsertMode mode = BulkInsertMode.InsertsOnly,
        int batchSize = 1000, CancellationToken cancellation = default) where T : notnull
        => BulkInsertDocumentsAsync(documents.Cast<object>(), mode, batchSize, cancellation);

    public async Task BulkInsertDocumentsAsync(IEnumerable<object> documents,
        BulkInsertMode mode = BulkInsertMode.InsertsOnly, int batchSize = 1000,
        CancellationToken cancellation = default)
    {
        await using var session = new DocumentSession(Context, new SessionOptions { Timeout = 0 });
        await session.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        foreach (var chunk in documents.Chunk(batchSize))
            await BulkInsert.AddAsync(session, chunk, mode, cancellation).ConfigureAwait(false);
        await session.Link.CommitAsync(cancellation).ConfigureAwait(false);
    }

    public ValueTask<IProjectionDaemon> BuildProjectionDaemonAsync(string? tenantIdOrDatabaseIdentifier = null,
        ILogger? logger = null)
        => new(new ProjectionDaemon(Context, MartenDatabase.Tracker, logger ?? Context.Logger));

    string[] IMartenStorage.AllSchemaNames() => [.. Context.Schema.DocumentTypes().Select(m => m.Schema)
        .Append(_options.DatabaseSchemaName).Append(_options.Events.DatabaseSchemaName).Distinct()];

    string IMartenStorage.ToDatabaseScript() => Context.Schema.All();

    Task IMartenStorage.WriteCreationScriptToFile(string filename)
        => File.WriteAllTextAsync(filename, Context.Schema.All());

    Task IMartenStorage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override)
        => Context.Schema.ApplyAllAsync(@override, CancellationToken.None);

    ValueTask<IReadOnlyList<IMartenDatabase>> IMartenStorage.AllDatabases() => new([MartenDatabase]);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await Context.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
