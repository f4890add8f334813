using System.Runtime.CompilerServices;
using Npgsql;

namespace Marten.Internal.Sessions;

internal partial class QuerySession
{
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters)
        => QueryAsync<T>('?', sql, token, parameters);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, params object[] parameters)
        => QueryAsync<T>('?', sql, default, parameters);

    public Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, params object[] parameters)
        => QueryAsync<T>(placeholder, sql, default, parameters);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token,
        params object[] parameters)
    {
        var row = Columns.IsScalar(typeof(T)) ? null : Context.Mapping(typeof(T));
        if (row?.IdMember is not null)
            await Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
        var (text, values) = SqlText.Bind(Complete(sql, row), placeholder, parameters);
        Link.Touch(text);
        return await ReadAsync<T>(text, values, (reader, _) => new(Columns.Read<T>(Context, reader, 0).Value), token)
            .ConfigureAwait(false);
    }

    private string Complete(string sql, Documents.DocumentMapping? mapping)
    {
        var start = sql.TrimStart();
        if (mapping is null || start.StartsWith("select", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("with", StringComparison.OrdinalIgnoreCase))
        {
            return sql;
        }
        return $"{Context.Sql(mapping).Select} {sql}";
    }
}

/// <summary>Values of one or several columns.</summary>
internal static class Columns
{
    public static bool IsScalar(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Guid)
            || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset)
            || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type.IsArray;
    }

    /// <summary>A scalar, or a document from its JSON; and the column that comes next.</summary>
    public static (T Value, int Next) Read<T>(StoreContext store, NpgsqlDataReader reader, int index)
    {
        if (reader.IsDBNull(index))
            return (default!, index + 1);
        if (typeof(T) == typeof(string) || (IsScalar(typeof(T)) && !IsJson(reader, index)))
            return (Scalar<T>(reader, index), index + 1);
        // A document may be selected with its id in front, as the store's own queries were in earlier versions.
        while (index < reader.FieldCount - 1 && !IsJson(reader, index))
            index++;
        var value = store.FromJson<T>(reader, index++);
        // Id and version of the same document follow, if they were selected.
        while (index < reader.FieldCount && reader.GetName(index) is "id" or "mt_version" && index > 0
            && reader.GetName(index - 1) is "data" or "id")
        {
            index++;
        }
        return (value, index);
    }

    private static bool IsJson(NpgsqlDataReader reader, int index)
        => reader.GetDataTypeName(index) is "jsonb" or "json";

    private static T Scalar<T>(NpgsqlDataReader reader, int index)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (type.IsEnum)
        {
            return reader.GetFieldType(index) == typeof(string)
                ? (T)Enum.Parse(type, reader.GetString(index))
                : (T)Enum.ToObject(type, reader.GetValue(index));
        }
        if (reader.GetFieldType(index) == type || type.IsArray || type == typeof(DateTimeOffset)
            || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(string))
        {
            return reader.GetFieldValue<T>(index);
        }
        return (T)Convert.ChangeType(reader.GetValue(index), type);
    }
}

internal sealed class AdvancedSql(QuerySession session) : IAdvancedSql
{
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters)
        => QueryAsync<T>('?', sql, token, parameters);

    public Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token,
        params object[] parameters)
        => RunAsync(placeholder, sql, parameters, reader => Columns.Read<T>(session.Context, reader, 0).Value, token);

    public Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(string sql, CancellationToken token,
        params object[] parameters)
        => QueryAsync<T1, T2>('?', sql, token, parameters);

    public Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(char placeholder, string sql, CancellationToken token,
        params object[] parameters)
        => RunAsync(placeholder, sql, parameters, reader =>
        {
            var (first, next) = Columns.Read<T1>(session.Context, reader, 0);
            return (first, Columns.Read<T2>(session.Context, reader, next).Value);
        }, token);

    public Task<IReadOnlyList<(T1, T2, T3)>> QueryAsync<T1, T2, T3>(string sql, CancellationToken token,
        params object[] parameters)
        => QueryAsync<T1, T2, T3>('?', sql, token, parameters);

    public Task<IReadOnlyList<(T1, T2, T3)>> QueryAsync<T1, T2, T3>(char placeholder, string sql,
        CancellationToken token, params object[] parameters)
        => RunAsync(placeholder, sql, parameters, reader =>
        {
            var (first, next) = Columns.Read<T1>(session.Context, reader, 0);
            var (second, last) = Columns.Read<T2>(session.Context, reader, next);
            return (first, second, Columns.Read<T3>(session.Context, reader, last).Value);
        }, token);

    public IAsyncEnumerable<T> StreamAsync<T>(string sql, CancellationToken token, params object[] parameters)
        => StreamAsync<T>('?', sql, token, parameters);

    public IAsyncEnumerable<T> StreamAsync<T>(char placeholder, string sql, CancellationToken token,
        params object[] parameters)
        => RowsAsync<T>(placeholder, sql, parameters, token);

    private async IAsyncEnumerable<T> RowsAsync<T>(char placeholder, string sql, object[] parameters,
        [EnumeratorCancellation] CancellationToken token)
    {
        var (text, values) = SqlText.Bind(sql, placeholder, parameters);
        session.Link.Touch(text);
        await using var lease = await session.LeaseAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(text);
        command.Parameters.AddRange(values);
        session.Attach(command, lease.Connection);
        await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
            yield return Columns.Read<T>(session.Context, reader, 0).Value;
    }

    private async Task<IReadOnlyList<T>> RunAsync<T>(char placeholder, string sql, object[] parameters,
        Func<NpgsqlDataReader, T> row, CancellationToken token)
    {
        var (text, values) = SqlText.Bind(sql, placeholder, parameters);
        session.Link.Touch(text);
        return await session.ReadAsync(text, values, (reader, _) => new ValueTask<T>(row(reader)), token)
            .ConfigureAwait(false);
    }
}

internal sealed class JsonLoader(QuerySession session) : IJsonLoader
{
    public Task<string?> FindByIdAsync<T>(string id, CancellationToken token = default) where T : class
        => FindAsync<T>(id, token);

    public Task<string?> FindByIdAsync<T>(int id, CancellationToken token = default) where T : class
        => FindAsync<T>(id, token);

    public Task<string?> FindByIdAsync<T>(long id, CancellationToken token = default) where T : class
        => FindAsync<T>(id, token);

    public Task<string?> FindByIdAsync<T>(Guid id, CancellationToken token = default) where T : class
        => FindAsync<T>(id, token);

    private async Task<string?> FindAsync<T>(object id, CancellationToken token)
    {
        await session.Context.Schema.EnsureAsync(typeof(T)).ConfigureAwait(false);
        var found = await session.ReadAsync(
            $"select data::text from {session.Context.Mapping(typeof(T)).Table} where id = $1", [new() { Value = id }],
            (reader, _) => new ValueTask<string>(reader.GetString(0)), token).ConfigureAwait(false);
        return found.FirstOrDefault();
    }
}
