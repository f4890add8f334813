using System.Collections.Concurrent;
using System.Text.Json;
using JasperFx;
using Marten.Events;
using Marten.Events.Projections;
using Marten.Internal.Documents;
using Marten.Internal.Events;
using Marten.Schema;
using Marten.Services;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weasel.Core;

namespace Marten;

/// <summary>Everything that is configured of a store.</summary>
public class StoreOptions : IReadOnlyStoreOptions
{
    public const int DefaultTimeout = 5;

    /// <summary>Configures document types.</summary>
    public readonly MartenRegistry Schema;

    private readonly ConcurrentDictionary<Type, DocumentMapping> _mappings = [];
    private readonly List<Action<NpgsqlDataSourceBuilder>> _configureDataSource = [];
    private ISerializer _serializer = new SystemTextJsonSerializer();
    private string? _connectionString;
    private NpgsqlDataSource? _dataSource;

    public StoreOptions()
    {
        EventGraph = new EventGraph(this);
        Projections = new ProjectionOptions(this);
        Schema = new MartenRegistry(this);
    }

    public IEventStoreOptions Events => EventGraph;

    public ProjectionOptions Projections { get; }

    /// <summary>Told of every session's work.</summary>
    public List<IDocumentSessionListener> Listeners { get; } = [];

    public string DatabaseSchemaName { get; set; } = "public";

    public string StoreName { get; set; } = "Main";

    public AutoCreate AutoCreateSchemaObjects { get; set; } = AutoCreate.CreateOrUpdate;

    /// <summary>Advisory lock under which schema changes are made.</summary>
    public int ApplyChangesLockId { get; set; } = 4004;

    /// <summary>Seconds before a command is given up.</summary>
    public int CommandTimeout { get; set; } = DefaultTimeout;

    public bool DisableNpgsqlLogging { get; set; } = true;

    public EnumStorage EnumStorage => _serializer.EnumStorage;

    IReadOnlyEventStoreOptions IReadOnlyStoreOptions.Events => EventGraph;

    internal EventGraph EventGraph { get; }

    internal List<IInitialData> InitialData { get; } = [];

    internal bool ShouldApplyChangesOnStartup { get; set; }

    internal ILoggerFactory? LogFactory { get; set; }

    internal IEnumerable<DocumentMapping> AllMappings => _mappings.Values;

    /// <summary>The database; the store makes and owns the pool.</summary>
    public void Connection(string connectionString) => (_connectionString, _dataSource) = (connectionString, null);

    /// <summary>The database, by the application's own pool.</summary>
    public void Connection(NpgsqlDataSource dataSource) => (_connectionString, _dataSource) = (null, dataSource);

    public void ConfigureNpgsqlDataSourceBuilder(Action<NpgsqlDataSourceBuilder> configure)
        => _configureDataSource.Add(configure);

    public ISerializer Serializer() => _serializer;

    public void Serializer(ISerializer serializer) => _serializer = serializer;

    public void Serializer<T>() where T : ISerializer, new() => _serializer = new T();

    public void UseSystemTextJsonForSerialization(EnumStorage enumStorage = EnumStorage.AsInteger,
        Casing casing = Casing.Default, Action<JsonSerializerOptions>? configure = null)
        => UseSystemTextJsonForSerialization(null, enumStorage, casing, configure);

    public void UseSystemTextJsonForSerialization(JsonSerializerOptions? options,
        EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default,
        Action<JsonSerializerOptions>? configure = null)
    {
        var serializer = new SystemTextJsonSerializer(options) { EnumStorage = enumStorage, Casing = casing };
        if (configure is not null)
            serializer.Configure(configure);
        _serializer = serializer;
    }

    public void RegisterDocumentType<T>() => RegisterDocumentType(typeof(T));

    public void RegisterDocumentType(Type documentType) => MappingFor(documentType);

    public void RegisterDocumentTypes(IEnumerable<Type> documentTypes)
    {
        foreach (var type in documentTypes)
            MappingFor(type);
    }

    internal DocumentMapping MappingFor(Type type)
        => _mappings.TryGetValue(type, out var known) ? known : _mappings.GetOrAdd(type, t => new(t, this));

    /// <summary>The connection string, where the store makes the pool.</summary>
    internal string? ConnectionString => _connectionString;

    /// <summary>A data source, and whether the store has to dispose of it.</summary>
    internal (NpgsqlDataSource Source, bool Owned) BuildDataSource()
    {
        if (_dataSource is not null)
            return (_dataSource, false);
        if (_connectionString is null)
            throw new InvalidOperationException("No connection is configured for the store");
        var settings = new NpgsqlConnectionStringBuilder(_connectionString);
        // Every statement of the store is used again and again, and none leaves anything behind in its connection;
        // where the application's own may, SessionConnection cleans up.
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = 200;
        if (!_connectionString.Contains("Auto Prepare Min", StringComparison.OrdinalIgnoreCase))
            settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (LogFactory is not null && !DisableNpgsqlLogging)
            builder.UseLoggerFactory(LogFactory);
        foreach (var configure in _configureDataSource)
            configure(builder);
        return (builder.Build(), true);
    }
}
