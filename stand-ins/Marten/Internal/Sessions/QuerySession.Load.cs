using Marten.Exceptions;
using Marten.Internal.Documents;
using Npgsql;

namespace Marten.Internal.Sessions;

internal partial class QuerySession
{
    private Dictionary<(Type, object), object>? _versions;

    public void UseIdentityMapFor<T>() where T : notnull => (_mappedTypes ??= []).Add(typeof(T));

    public Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull
        => LoadByIdAsync<T>(id, token);

    public Task<T?> LoadAsync<T>(object id, CancellationToken token = default) where T : notnull
        => LoadByIdAsync<T>(id, token);

    public Task<T?> LoadAsync<T>(int id, CancellationToken token = default) where T : notnull
        => LoadByIdAsync<T>(Integer<T>(id), token);

    public Task<T?> LoadAsync<T>(long id, CancellationToken token = default) where T : notnull
        => LoadByIdAsync<T>(Integer<T>(id), token);

    public Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : notnull
        => LoadByIdAsync<T>(id, token);

    public Task<bool> CheckExistsAsync<T>(string id, CancellationToken token = default) where T : notnull
        => ExistsAsync<T>(id, token);

    public Task<bool> CheckExistsAsync<T>(int id, CancellationToken token = default) where T : notnull
        => ExistsAsync<T>(Integer<T>(id), token);

    public Task<bool> CheckExistsAsync<T>(long id, CancellationToken token = default) where T : notnull
        => ExistsAsync<T>(Integer<T>(id), token);

    public Task<bool> CheckExistsAsync<T>(Guid id, CancellationToken token = default) where T : notnull
        => ExistsAsync<T>(id, token);

    public Task<bool> CheckExistsAsync<T>(object id, CancellationToken token = default) where T : notnull
        => ExistsAsync<T>(id, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params string[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids, default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<string> ids) where T : notnull
        => LoadByIdsAsync<T>(ids, default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params Guid[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Cast<object>(), default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<Guid> ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Cast<object>(), default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params int[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<int> ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params long[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<long> ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params string[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<string> ids)
        where T : notnull
        => LoadByIdsAsync<T>(ids, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params Guid[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Cast<object>(), token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<Guid> ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Cast<object>(), token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params int[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<int> ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params long[] ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<long> ids) where T : notnull
        => LoadByIdsAsync<T>(ids.Select(i => Integer<T>(i)), token);

    /// <summary>The document of a row of data, id and version, by way of the identity map.</summary>
    public T Resolve<T>(DocumentMapping mapping, NpgsqlDataReader reader) where T : notnull
    {
        object? id = null;
        if (IsMapped(typeof(T)))
        {
            id = reader.GetValue(1);
            if (Mapped((typeof(T), id), out var known))
                return (T)known;
        }
        var document = Context.FromJson<T>(reader, 0);
        if (mapping.OptimisticConcurrency)
        {
            var version = reader.GetGuid(2);
            SetVersion(typeof(T), id ??= reader.GetValue(1), version);
            Versions.Set(mapping, document, version);
        }
        else if (mapping.NumericRevisions && mapping.VersionMember is not null)
        {
            Versions.Set(mapping, document, Convert.ToInt64(reader.GetValue(2)));
        }
        if (id is not null)
            Remember(typeof(T), id, document);
        if (Listeners.Count > 0)
        {
            id ??= reader.GetValue(1);
            foreach (var listener in Listeners)
                listener.DocumentLoaded(id, document);
        }
        return document;
    }

    public virtual IList<IDocumentSessionListener> Listeners => [];

    public bool IsMapped(Type type) => _identityMap is not null || _mappedTypes?.Contains(type) == true;

    public void Remember(Type type, object id, object document)
    {
        if (IsMapped(type))
            (_identityMap ?? (_lateMap ??= []))[(type, id)] = document;
    }

    protected void ForgetDocument(Type type, object id) => (_identityMap ?? _lateMap)?.Remove((type, id));

    protected void ForgetAll(Type type)
    {
        foreach (var key in (_identityMap ?? _lateMap ?? []).Keys.Where(k => k.Item1 == type).ToArray())
            ForgetDocument(type, key.Item2);
    }

    protected void SetVersion(Type type, object id, object version) => (_versions ??= [])[(type, id)] = version;

    protected Guid? KnownVersion(Type type, object id)
        => _versions is not null && _versions.TryGetValue((type, id), out var version) ? version as Guid? : null;

    private Dictionary<(Type, object), object>? _lateMap;

    private bool Mapped((Type, object) key, out object document)
    {
        document = null!;
        return (_identityMap ?? _lateMap)?.TryGetValue(key, out document!) == true;
    }

    private object Integer<T>(long id) => Context.Mapping(typeof(T)).IdType == typeof(int) ? (int)id : id;

    private static void Check(DocumentMapping mapping, object id)
    {
        if (id.GetType() != mapping.IdType)
            throw new DocumentIdTypeMismatchException(mapping.DocumentType, id.GetType());
    }

    private async Task<T?> LoadByIdAsync<T>(object id, CancellationToken token) where T : notnull
    {
        var mapping = Context.Mapping(typeof(T));
        Check(mapping, id);
        if (IsMapped(typeof(T)) && Mapped((typeof(T), id), out var known))
            return (T)known;
        await Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
        var found = await ReadAsync(Context.Sql(mapping).LoadOne, [new() { Value = id }],
            (reader, _) => new ValueTask<T>(Resolve<T>(mapping, reader)), token).ConfigureAwait(false);
        return found.Count == 0 ? default : found[0];
    }

    private async Task<IReadOnlyList<T>> LoadByIdsAsync<T>(IEnumerable<object> ids, CancellationToken token)
        where T : notnull
    {
        var mapping = Context.Mapping(typeof(T));
        var wanted = ids.Distinct().ToArray();
        if (wanted.Length == 0)
            return [];
        Check(mapping, wanted[0]);
        await Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
        return await ReadAsync(Context.Sql(mapping).LoadMany, [DocumentBatch.Ids(mapping, wanted)],
            (reader, _) => new ValueTask<T>(Resolve<T>(mapping, reader)), token).ConfigureAwait(false);
    }

    private async Task<bool> ExistsAsync<T>(object id, CancellationToken token) where T : notnull
    {
        var mapping = Context.Mapping(typeof(T));
        Check(mapping, id);
        await Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
        var found = await ReadAsync($"select 1 from {mapping.Table} where id = $1", [new() { Value = id }],
            (_, _) => new ValueTask<bool>(true), token).ConfigureAwait(false);
        return found.Count > 0;
    }
}

/// <summary>Sets the version member of documents.</summary>
internal static class Versions
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<DocumentMapping, Action<object, object>>
        Setters = [];

    public static Guid? Get(DocumentMapping mapping, object document)
        => mapping.VersionMember is not null && TypeNames.MemberType(mapping.VersionMember) == typeof(Guid)
            ? MemberAccess.Getter(mapping.DocumentType, mapping.VersionMember)(document) as Guid?
            : null;

    public static void Set(DocumentMapping mapping, object document, object version)
    {
        if (mapping.VersionMember is null)
            return;
        if (TypeNames.MemberType(mapping.VersionMember) == typeof(int))
            version = Convert.ToInt32(version);
        Setters.GetOrAdd(mapping, m => MemberAccess.Setter(m.DocumentType, m.VersionMember!))(document, version);
    }
}
