using Marten.Internal.Documents;
using Npgsql;
using NpgsqlTypes;
using Weasel.Storage;

namespace Marten.Internal.Sessions;

/// <summary>Something queued in a session.</summary>
internal abstract class Operation
{
    /// <summary>The document type it belongs to, if any.</summary>
    public virtual DocumentMapping? Mapping => null;

    public abstract void AddTo(BatchBuilder batch);
}

internal enum WriteKind { Upsert, Insert, Update, Overwrite }

/// <summary>A document to be written.</summary>
internal sealed class DocumentWrite(DocumentMapping mapping, object document, object id, WriteKind kind) : Operation
{
    public override DocumentMapping Mapping => mapping;

    public object Document => document;

    public object Id => id;

    public WriteKind Kind { get; } = kind;

    public Guid? ExpectedVersion { get; init; }

    public Guid NewVersion { get; } = Guid.NewGuid();

    /// <summary>The revision to store; 0 lets the database count.</summary>
    public long Revision { get; init; }

    /// <summary>A revision that is not greater than the stored one is ignored instead of refused.</summary>
    public bool IgnoreConflict { get; init; }

    /// <summary>Needs a statement of its own, as its outcome is checked.</summary>
    public bool IsChecked => ExpectedVersion is not null || (Kind == WriteKind.Upsert && Revision > 0);

    public override void AddTo(BatchBuilder batch)
    {
        var sql = batch.Store.Sql(mapping);
        var json = batch.Store.ToJson(document);
        var text = ExpectedVersion is not null ? sql.UpsertExpected
            : IgnoreConflict ? sql.UpsertRevisionUnchecked
            : sql.UpsertRevision;
        var parameters = DocumentBatch.Parameters(mapping, [id], [json], [NewVersion], [Revision]);
        batch.Add(text, ExpectedVersion is { } expected ? [.. parameters, new() { Value = expected }] : parameters);
    }
}

/// <summary>Documents of one type, written by one statement.</summary>
internal sealed class DocumentBatch(DocumentMapping mapping, WriteKind kind) : Operation
{
    private readonly Dictionary<object, int> _index = [];
    private readonly List<object> _ids = [];
    private readonly List<object> _documents = [];
    private readonly List<byte[]?> _json = [];
    private readonly List<Guid> _versions = [];
    private readonly List<long> _revisions = [];

    public override DocumentMapping Mapping => mapping;

    public WriteKind Kind => kind;

    /// <summary>An upsert must not meet the same identity twice: the last one counts.</summary>
    public void Add(object id, object document, byte[]? json, Guid version, long revision)
    {
        if (kind != WriteKind.Insert && _index.TryGetValue(id, out var at))
        {
            (_documents[at], _json[at], _versions[at], _revisions[at]) = (document, json, version, revision);
            return;
        }
        _index[id] = _ids.Count;
        _ids.Add(id);
        _documents.Add(document);
        _json.Add(json);
        _versions.Add(version);
        _revisions.Add(revision);
    }

    public override void AddTo(BatchBuilder batch)
    {
        var sql = batch.Store.Sql(mapping);
        var text = kind switch
        {
            WriteKind.Insert => sql.InsertOnly,
            WriteKind.Update => sql.Update,
            WriteKind.Overwrite => sql.Overwrite,
            _ => sql.Upsert,
        };
        var json = new byte[_ids.Count][];
        for (var i = 0; i < json.Length; i++)
            json[i] = _json[i] ?? batch.Store.ToJson(_documents[i]);
        batch.Add(text, Parameters(mapping, _ids, json, _versions, _revisions));
    }

    public static NpgsqlParameter[] Parameters(DocumentMapping mapping, IReadOnlyList<object> ids, byte[][] json,
        IReadOnlyList<Guid> versions, IReadOnlyList<long> revisions) =>
    [
        Ids(mapping, ids),
        new() { Value = json, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
        mapping.VersionKind == VersionKind.Guid
            ? new() { Value = versions.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }
            : new() { Value = revisions.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        new() { Value = mapping.DocumentType.FullName!, NpgsqlDbType = NpgsqlDbType.Varchar },
    ];

    public static NpgsqlParameter Ids(DocumentMapping mapping, IEnumerable<object> ids) => mapping.IdType switch
    {
        var t when t == typeof(Guid) => new()
        {
            Value = ids.Cast<Guid>().ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        },
        var t when t == typeof(string) => new()
        {
            Value = ids.Cast<string>().ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
        },
        var t when t == typeof(int) => new()
        {
            Value = ids.Select(Convert.ToInt32).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
        },
        _ => new()
        {
            Value = ids.Select(Convert.ToInt64).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        },
    };
}

/// <summary>Documents of one type, deleted by identity.</summary>
internal sealed class DocumentDeletion(DocumentMapping mapping, object? document, IReadOnlyList<object> ids)
    : Operation, IDeletion
{
    public override DocumentMapping Mapping => mapping;

    public Type DocumentType => mapping.DocumentType;

    public object Document { get; set; } = document!;

    public object Id { get; set; } = ids[0];

    public override void AddTo(BatchBuilder batch)
        => batch.Add(batch.Store.Sql(mapping).DeleteMany, [DocumentBatch.Ids(mapping, ids)]);
}

/// <summary>A statement of the application or of the store itself.</summary>
internal sealed class SqlOperation(string sql, NpgsqlParameter[] parameters, DocumentMapping? mapping = null)
    : Operation
{
    public override DocumentMapping? Mapping => mapping;

    public override void AddTo(BatchBuilder batch) => batch.Add(sql, parameters);
}

/// <summary>Builds the batch that a session sends. One round trip, one transaction.</summary>
internal sealed class BatchBuilder(StoreContext store)
{
    private readonly Queue<(int Rows, Action<NpgsqlDataReader> Read)> _results = [];

    public StoreContext Store => store;

    public NpgsqlBatch Batch { get; } = new();

    public void Add(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        Batch.BatchCommands.Add(command);
    }

    /// <summary>Adds a statement that gives a row for each event, the first column being mt_seq.</summary>
    public void AddRows(string sql, NpgsqlParameter[] parameters, int rows, Action<NpgsqlDataReader> read)
    {
        _results.Enqueue((rows, read));
        Add(sql, parameters);
    }

    public async Task ExecuteAsync(SessionConnection connection, CancellationToken token)
    {
        if (Batch.BatchCommands.Count == 0)
            return;
        await using var lease = await connection.AcquireAsync(token).ConfigureAwait(false);
        Batch.Connection = lease.Connection;
        Batch.Transaction = connection.Transaction;
        Batch.Timeout = connection.Timeout;
        await using var reader = await Batch.ExecuteReaderAsync(token).ConfigureAwait(false);
        do
        {
            // Statements of the application may have results too; those are skipped.
            if (reader.FieldCount > 0 && reader.GetName(0) == "mt_seq" && _results.TryDequeue(out var result))
            {
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                    result.Read(reader);
            }
        }
        while (await reader.NextResultAsync(token).ConfigureAwait(false));
    }
}
