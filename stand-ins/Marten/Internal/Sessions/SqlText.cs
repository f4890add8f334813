using System.Text;
using Npgsql;

namespace Marten.Internal.Sessions;

/// <summary>Statements with placeholders, as QueueSqlCommand and QueryAsync take them.</summary>
internal static class SqlText
{
    /// <summary>Replaces each placeholder, outside of quotes, by $1, $2 and so on.</summary>
    public static (string Sql, NpgsqlParameter[] Parameters) Bind(string sql, char placeholder, object?[] values)
    {
        if (values.Length == 0)
            return (sql, []);
        // A single anonymous object or dictionary names its parameters: :name.
        if (values is [{ } single] && !sql.Contains(placeholder) && IsNamed(single))
            return Named(sql, single);
        var text = new StringBuilder(sql.Length + 8);
        var index = 0;
        foreach (var c in sql)
        {
            if (c == placeholder)
                text.Append('$').Append(++index);
            else
                text.Append(c);
        }
        if (index != values.Length)
        {
            throw new InvalidOperationException(
                $"Wrong number of supplied parameters. The statement has {index}, but got {values.Length}: {sql}");
        }
        return (text.ToString(), [.. values.Select(Parameter)]);
    }

    public static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new() { Value = DBNull.Value },
        NpgsqlParameter parameter => parameter,
        DateTimeOffset instant => new() { Value = instant.ToUniversalTime() },
        DateTimeOffset[] instants => new() { Value = instants.Select(i => i.ToUniversalTime()).ToArray() },
        Enum member => new() { Value = Convert.ToInt32(member) },
        _ => new() { Value = value },
    };

    private static bool IsNamed(object value)
        => value is IDictionary<string, object?> or IDictionary<string, object>
            || (value.GetType().Name.Contains("AnonymousType") && value.GetType().Namespace is null);

    private static (string, NpgsqlParameter[]) Named(string sql, object values)
    {
        var pairs = values is IDictionary<string, object?> map
            ? map.Select(p => (p.Key, p.Value))
            : values.GetType().GetProperties().Select(p => (p.Name, p.GetValue(values)));
        var parameters = pairs.Select(p =>
        {
            var parameter = Parameter(p.Item2);
            parameter.ParameterName = p.Item1;
            return parameter;
        });
        return (sql, [.. parameters]);
    }
}
