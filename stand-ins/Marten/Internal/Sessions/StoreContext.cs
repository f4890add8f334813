using System.Collections.Concurrent;
using Marten.Internal.Documents;
using Marten.Internal.Events;
using Marten.Internal.Projections;
using Marten.Internal.Schema;
using Marten.Services;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>What all sessions and daemons of a store share.</summary>
internal sealed class StoreContext : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, DocumentSql> _sql = [];
    private readonly bool _ownsDataSource;
    private ProjectionRun[]? _inline;

    public StoreContext(StoreOptions options, DocumentStore store)
    {
        Options = options;
        Store = store;
        (DataSource, _ownsDataSource) = options.BuildDataSource();
        Logger = options.LogFactory?.CreateLogger<DocumentStore>() ?? (ILogger)NullLogger.Instance;
        Events = new EventSql(options);
        Schema = new SchemaManager(this);
        Signal = new AppendSignal(this);
        Serializer = options.Serializer();
        Fast = Serializer as SystemTextJsonSerializer;
    }

    public StoreOptions Options { get; }

    public DocumentStore Store { get; }

    public NpgsqlDataSource DataSource { get; }

    public ILogger Logger { get; }

    public EventSql Events { get; }

    public SchemaManager Schema { get; }

    public AppendSignal Signal { get; }

    public ISerializer Serializer { get; }

    /// <summary>The usual serializer, whose bytes go directly between the JSON library and the connection.</summary>
    public SystemTextJsonSerializer? Fast { get; }

    public ProjectionRun[] Inline => _inline ??= [.. Options.Projections.Runnable(
        JasperFx.Events.Projections.ProjectionLifecycle.Inline).Select(p => p.Start(this,
            JasperFx.Events.Daemon.ShardExecutionMode.Continuous))];

    /// <summary>The documents that inline projections write.</summary>
    public Type[] InlineTypes => field ??= [.. Options.Projections.Runnable(
        JasperFx.Events.Projections.ProjectionLifecycle.Inline).SelectMany(p => p.PublishedTypes()).Distinct()];

    public DocumentMapping Mapping(Type type) => Options.MappingFor(type);

    public DocumentSql Sql(DocumentMapping mapping) => _sql.TryGetValue(mapping.DocumentType, out var known)
        ? known
        : _sql.GetOrAdd(mapping.DocumentType, _ => new DocumentSql(mapping));

    public byte[] ToJson(object document)
        => Fast?.ToUtf8(document) ?? System.Text.Encoding.UTF8.GetBytes(Serializer.ToJson(document));

    public T FromJson<T>(NpgsqlDataReader reader, int index) => Fast is null
        ? Serializer.FromJson<T>(reader, index)
        : Fast.FromUtf8<T>(reader.GetFieldValue<byte[]>(index));

    public object FromJson(Type type, NpgsqlDataReader reader, int index) => Fast is null
        ? Serializer.FromJson(type, reader, index)
        : Fast.FromUtf8(type, reader.GetFieldValue<byte[]>(index));

    public async ValueTask DisposeAsync()
    {
        await Signal.DisposeAsync().ConfigureAwait(false);
        if (_ownsDataSource)
            await DataSource.DisposeAsync().ConfigureAwait(false);
    }
}
