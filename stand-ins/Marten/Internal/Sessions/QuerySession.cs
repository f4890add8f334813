using System.Data.Common;
using JasperFx;
using Marten.Exceptions;
using Marten.Internal.Documents;
using Marten.Internal.Events;
using Marten.Internal.Linq;
using Marten.Linq;
using Marten.Services;
using Marten.Storage;
using Marten.Storage.Metadata;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>Reads documents and events.</summary>
internal partial class QuerySession : IQuerySession
{
    private readonly Dictionary<(Type, object), object>? _identityMap;
    private HashSet<Type>? _mappedTypes;

    public QuerySession(StoreContext store, SessionOptions options)
    {
        Context = store;
        Options = options;
        Link = new SessionConnection(store, options);
        if (options.Tracking is DocumentTracking.IdentityOnly or DocumentTracking.DirtyTracking)
            _identityMap = [];
        EventStore = new EventStore(this);
    }

    public StoreContext Context { get; }

    public SessionOptions Options { get; }

    public SessionConnection Link { get; }

    public EventStore EventStore { get; }

    public Marten.Events.IQueryEventStore Events => EventStore;

    public IMartenDatabase Database => Context.Store.Database;

    public NpgsqlConnection Connection
    {
        get
        {
            Link.IsTouched = true;
            return Link.Begin();
        }
    }

    public int RequestCount { get; private set; }

    protected void RequestCountUp() => RequestCount++;

    public IDocumentStore DocumentStore => Context.Store;

    public IJsonLoader Json => new JsonLoader(this);

    public IAdvancedSql AdvancedSql => new AdvancedSql(this);

    public string? CausationId { get; set; }

    public string? CorrelationId { get; set; }

    public string TenantId => StorageConstants.DefaultTenantId;

    public IMartenQueryable<T> Query<T>() where T : notnull
        => MartenQueryable<T>.Over(this, new DocumentQuerySource(Context, Context.Mapping(typeof(T))));

    public IMartenQueryable<T> QueryForNonStaleData<T>(TimeSpan timeout) where T : notnull
        => MartenQueryable<T>.Over(this, new DocumentQuerySource(Context, Context.Mapping(typeof(T)))
        {
            Before = token => Context.Store.MartenDatabase.WaitForTypeAsync(typeof(T), timeout, token),
        });

    public async Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken token = new())
    {
        Link.Touch(command.CommandText);
        await using var lease = await LeaseAsync(token).ConfigureAwait(false);
        Attach(command, lease.Connection);
        try
        {
            return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw new MartenCommandException(command, e);
        }
    }

    public async Task<DbDataReader> ExecuteReaderAsync(NpgsqlCommand command, CancellationToken token = default)
    {
        Link.Touch(command.CommandText);
        if (Link.IsTouched)
            await Link.BeginAsync(token).ConfigureAwait(false);
        var lease = await LeaseAsync(token).ConfigureAwait(false);
        Attach(command, lease.Connection);
        try
        {
            return await command.ExecuteReaderAsync(
                Link.IsKept ? System.Data.CommandBehavior.Default : System.Data.CommandBehavior.CloseConnection,
                token).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw new MartenCommandException(command, e);
        }
    }

    public Guid? VersionFor<TDoc>(TDoc entity) where TDoc : notnull
    {
        var mapping = Context.Mapping(typeof(TDoc));
        return _versions is not null && _versions.TryGetValue((typeof(TDoc), mapping.GetId(entity)), out var version)
            && version is Guid guid ? guid : null;
    }

    public async Task<DocumentMetadata?> MetadataForAsync<T>(T entity, CancellationToken token = default)
        where T : notnull
    {
        var mapping = Context.Mapping(typeof(T));
        var id = mapping.GetId(entity);
        await Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
        var found = await ReadAsync(
            $"select mt_version, mt_last_modified, mt_dotnet_type from {mapping.Table} where id = $1",
            [new() { Value = id }],
            (reader, _) =>
            {
                var metadata = new DocumentMetadata(id)
                {
                    LastModified = reader.GetFieldValue<DateTimeOffset>(1),
                    DotNetType = reader.GetString(2),
                };
                if (mapping.VersionKind == VersionKind.Guid)
                    metadata.CurrentVersion = reader.GetGuid(0);
                else
                    metadata.CurrentRevision = Convert.ToInt64(reader.GetValue(0));
                return new ValueTask<DocumentMetadata>(metadata);
            }, token).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    public void Dispose()
    {
        Link.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a query and maps its rows.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, NpgsqlParameter[] parameters,
        Func<NpgsqlDataReader, CancellationToken, ValueTask<T>> row, CancellationToken token)
    {
        await using var lease = await LeaseAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        Attach(command, lease.Connection);
        try
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
            while (await reader.ReadAsync(token).ConfigureAwait(false))
                rows.Add(await row(reader, token).ConfigureAwait(false));
            return rows;
        }
        catch (NpgsqlException e)
        {
            throw new MartenCommandException(command, e);
        }
    }

    public ValueTask<SessionConnection.Lease> LeaseAsync(CancellationToken token)
    {
        RequestCount++;
        return Link.AcquireAsync(token);
    }

    public void Attach(NpgsqlCommand command, NpgsqlConnection connection)
    {
        command.Connection = connection;
        command.Transaction = Link.Transaction;
        command.CommandTimeout = Link.Timeout;
    }
}
