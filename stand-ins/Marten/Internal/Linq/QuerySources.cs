using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Events;
using Marten.Exceptions;
using Marten.Internal.Documents;
using Marten.Internal.Events;
using Marten.Internal.Sessions;
using Npgsql;

namespace Marten.Internal.Linq;

/// <summary>What is queried: a table, its rows, and how members become SQL.</summary>
internal abstract class QuerySource(StoreContext store)
{
    public StoreContext Store => store;

    /// <summary>To be awaited before the query.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    public JsonPaths Paths { get; } = new(store.Options);

    /// <summary>The type whose storage has to exist.</summary>
    public abstract Type StorageType { get; }

    public abstract string From { get; }

    /// <summary>What is read of a row, if nothing was selected.</summary>
    public abstract string RowColumns { get; }

    /// <summary>Conditions that always apply.</summary>
    public virtual IEnumerable<string> Conditions(bool maybeArchived) => [];

    public abstract ValueTask<object> ReadAsync(QuerySession session, NpgsqlDataReader reader,
        CancellationToken token);

    /// <summary>A member as SQL: its type's value, or its JSON, or its text.</summary>
    public virtual Member Resolve(IReadOnlyList<MemberInfo> path)
        => new(Paths.Typed("d.data", path), Paths.Json("d.data", path), Paths.Text("d.data", path),
            TypeNames.MemberType(path[^1]));

    public (string Sql, NpgsqlParameter[] Parameters) Where(LambdaExpression predicate)
    {
        var statement = new Statement();
        var sql = new WhereBuilder(this, statement).Build(predicate.Body);
        return (sql, [.. statement.Parameters]);
    }
}

internal sealed record Member(string Typed, string? Json, string Text, Type Type);

/// <summary>The parameters of a statement that is being built.</summary>
internal sealed class Statement
{
    public List<NpgsqlParameter> Parameters { get; } = [];

    public bool MaybeArchived { get; set; }

    public string Add(object? value)
    {
        Parameters.Add(SqlText.Parameter(value));
        return $"${Parameters.Count}";
    }
}

internal sealed class DocumentQuerySource(StoreContext store, DocumentMapping mapping) : QuerySource(store)
{
    private readonly MethodInfo _resolve = typeof(QuerySession).GetMethod(nameof(QuerySession.Resolve))!
        .MakeGenericMethod(mapping.DocumentType);
    private Func<QuerySession, NpgsqlDataReader, object>? _read;

    public override Type StorageType => mapping.DocumentType;

    public override string From => $"{mapping.Table} as d";

    public override string RowColumns => "d.data, d.id, d.mt_version";

    public override ValueTask<object> ReadAsync(QuerySession session, NpgsqlDataReader reader,
        CancellationToken token)
    {
        _read ??= Compile();
        return new(_read(session, reader));
    }

    public override Member Resolve(IReadOnlyList<MemberInfo> path)
    {
        if (path.Count == 1 && mapping.IdMember is not null && path[0].Name == mapping.IdMember.Name)
            return new("d.id", null, "d.id::text", TypeNames.MemberType(path[0]));
        if (mapping.Duplicated.FirstOrDefault(d => d.Is(path)) is { } field)
        {
            return new($"d.{field.Column}", Paths.Json("d.data", path), Paths.Text("d.data", path),
                TypeNames.MemberType(path[^1]));
        }
        return base.Resolve(path);
    }

    private Func<QuerySession, NpgsqlDataReader, object> Compile()
    {
        var session = Expression.Parameter(typeof(QuerySession));
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var call = Expression.Call(session, _resolve, Expression.Constant(mapping), reader);
        return Expression.Lambda<Func<QuerySession, NpgsqlDataReader, object>>(
            Expression.Convert(call, typeof(object)), session, reader).Compile();
    }
}

/// <summary>All events, with their metadata.</summary>
internal sealed class EventQuerySource(StoreContext store) : QuerySource(store)
{
    private readonly EventReader _reader = new(store);

    public override Type StorageType => typeof(IEvent);

    public override string From => $"{Store.Events.Schema}.mt_events as d";

    public override string RowColumns => Store.Events.Columns;

    public override IEnumerable<string> Conditions(bool maybeArchived)
        => maybeArchived ? [] : ["d.is_archived = false"];

    public override ValueTask<object> ReadAsync(QuerySession session, NpgsqlDataReader reader,
        CancellationToken token)
    {
        var reading = _reader.ReadAsync(reader, token);
        return reading.IsCompletedSuccessfully ? new(reading.Result) : Await(reading);

        static async ValueTask<object> Await(ValueTask<IEvent> reading) => await reading.ConfigureAwait(false);
    }

    public override Member Resolve(IReadOnlyList<MemberInfo> path)
    {
        var column = path[0].Name switch
        {
            nameof(IEvent.Id) => "d.id",
            nameof(IEvent.Sequence) => "d.seq_id",
            nameof(IEvent.Version) => "d.version",
            nameof(IEvent.StreamId) or nameof(IEvent.StreamKey) => "d.stream_id",
            nameof(IEvent.Timestamp) => "d.timestamp",
            nameof(IEvent.EventTypeName) => "d.type",
            nameof(IEvent.DotNetTypeName) => "d.mt_dotnet_type",
            nameof(IEvent.TenantId) => "d.tenant_id",
            nameof(IEvent.IsArchived) => "d.is_archived",
            nameof(IEvent.CorrelationId) => "d.correlation_id",
            nameof(IEvent.CausationId) => "d.causation_id",
            nameof(IEvent.UserName) => "d.user_name",
            _ => throw new BadLinqExpressionException($"Events cannot be queried by {path[0].Name}"),
        };
        return new(column, null, $"{column}::text", TypeNames.MemberType(path[^1]));
    }
}

/// <summary>The data of all events of one type.</summary>
internal sealed class EventDataQuerySource : QuerySource
{
    private readonly EventReader _reader;
    private readonly string _alias;

    public EventDataQuerySource(StoreContext store, Type type)
        : base(store)
    {
        _reader = new(store);
        _alias = store.Options.EventGraph.MappingFor(type).Alias;
    }

    public override Type StorageType => typeof(IEvent);

    public override string From => $"{Store.Events.Schema}.mt_events as d";

    public override string RowColumns => Store.Events.Columns;

    public override IEnumerable<string> Conditions(bool maybeArchived)
        => [$"d.type = '{_alias.Replace("'", "''")}'", "d.is_archived = false"];

    public override async ValueTask<object> ReadAsync(QuerySession session, NpgsqlDataReader reader,
        CancellationToken token)
        => (await _reader.ReadAsync(reader, token).ConfigureAwait(false)).Data;
}
