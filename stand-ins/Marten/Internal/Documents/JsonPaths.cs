using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weasel.Core;

namespace Marten.Internal.Documents;

/// <summary>SQL that reaches a member inside a document's JSON.</summary>
internal sealed class JsonPaths(StoreOptions options)
{
    private bool EnumsAsStrings => options.Serializer().EnumStorage == EnumStorage.AsString;

    public string Key(MemberInfo member)
    {
        if (member.GetCustomAttribute<JsonPropertyNameAttribute>() is { } named)
            return named.Name;
        return options.Serializer().Casing switch
        {
            Casing.CamelCase => JsonNamingPolicy.CamelCase.ConvertName(member.Name),
            Casing.SnakeCase => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name),
            _ => member.Name,
        };
    }

    /// <summary>The JSON of the member: <c>data -> 'Customer' -> 'Name'</c>.</summary>
    public string Json(string data, IEnumerable<MemberInfo> path)
        => path.Aggregate(data, (sql, member) => $"{sql} -> '{Quote(Key(member))}'");

    public string Text(string data, IReadOnlyList<MemberInfo> path)
        => $"{Json(data, path.Take(path.Count - 1))} ->> '{Quote(Key(path[^1]))}'";

    /// <summary>The member as a value of its SQL type.</summary>
    public string Typed(string data, IReadOnlyList<MemberInfo> path)
    {
        var type = Bare(TypeNames.MemberType(path[^1]));
        var text = Text(data, path);
        var schema = options.DatabaseSchemaName;
        if (type == typeof(string))
            return text;
        if (type == typeof(DateTimeOffset))
            return $"{schema}.mt_immutable_timestamptz({text})";
        if (type == typeof(DateTime))
            return $"{schema}.mt_immutable_timestamp({text})";
        if (type == typeof(DateOnly))
            return $"{schema}.mt_immutable_date({text})";
        if (type == typeof(TimeOnly))
            return $"{schema}.mt_immutable_time({text})";
        if (type.IsEnum && EnumsAsStrings)
            return text;
        var pgType = PgType(type);
        return pgType == "jsonb" ? Json(data, path) : $"CAST({text} as {pgType})";
    }

    public string PgType(Type type)
    {
        type = Bare(type);
        if (type.IsEnum)
            return EnumsAsStrings ? "varchar" : "integer";
        return type switch
        {
            _ when type == typeof(string) => "varchar",
            _ when type == typeof(int) => "integer",
            _ when type == typeof(long) => "bigint",
            _ when type == typeof(short) || type == typeof(byte) => "smallint",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(decimal) => "decimal",
            _ when type == typeof(double) => "double precision",
            _ when type == typeof(float) => "real",
            _ when type == typeof(Guid) => "uuid",
            _ when type == typeof(DateTimeOffset) => "timestamp with time zone",
            _ when type == typeof(DateTime) => "timestamp without time zone",
            _ when type == typeof(DateOnly) => "date",
            _ when type == typeof(TimeOnly) => "time without time zone",
            _ => "jsonb",
        };
    }

    /// <summary>A value as the parameter that compares with <see cref="Typed"/>.</summary>
    public object? Parameter(object? value, Type memberType)
    {
        if (value is null)
            return null;
        var type = Bare(memberType);
        if (type.IsEnum)
        {
            var member = Enum.ToObject(type, value);
            return EnumsAsStrings ? member.ToString() : Convert.ToInt32(member);
        }
        return value switch
        {
            DateTimeOffset instant => instant.ToUniversalTime(),
            DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
            byte number => (short)number,
            _ => value,
        };
    }

    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static string Quote(string name) => name.Replace("'", "''");
}
