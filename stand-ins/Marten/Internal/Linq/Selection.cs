using System.Linq.Expressions;
using System.Reflection;
using Marten.Exceptions;
using Marten.Internal.Sessions;
using Npgsql;

namespace Marten.Internal.Linq;

/// <summary>A selected member, or a new object from several.</summary>
internal sealed class Selection
{
    private readonly List<(string Sql, Type Type)> _columns = [];
    private readonly LambdaExpression _build;
    private Delegate? _compiled;

    private Selection(LambdaExpression build, List<(string, Type)> columns)
    {
        _build = build;
        _columns = columns;
    }

    public string Columns => string.Join(", ", _columns.Select((c, i) => $"{c.Sql} as c{i}"));

    public static Selection For(QuerySource source, WhereBuilder builder, LambdaExpression selector)
    {
        var columns = new List<(string, Type)>();
        var row = Expression.Parameter(typeof(object?[]));
        var body = new Rewriter(source, builder, columns, row).Visit(selector.Body)!;
        return new(Expression.Lambda(body, row), columns);
    }

    public object? Read(QuerySession session, NpgsqlDataReader reader)
    {
        var row = new object?[_columns.Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = Value(session, reader, i, _columns[i].Type);
        return (_compiled ??= _build.Compile()).DynamicInvoke([row]);
    }

    private static object? Value(QuerySession session, NpgsqlDataReader reader, int index, Type type)
        => Reading.MakeGenericMethod(type).Invoke(null, [session, reader, index]);

    private static readonly MethodInfo Reading = typeof(Selection).GetMethod(nameof(ReadColumn),
        BindingFlags.NonPublic | BindingFlags.Static)!;

    private static object? ReadColumn<T>(QuerySession session, NpgsqlDataReader reader, int index)
        => Sessions.Columns.Read<T>(session.Context, reader, index).Value;

    /// <summary>Replaces each path of members by the column that holds its value.</summary>
    private sealed class Rewriter(QuerySource source, WhereBuilder builder, List<(string, Type)> columns,
        ParameterExpression row) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node)
        {
            if (node is null)
                return null;
            if (node is not ParameterExpression && !MemberPath.DependsOnParameter(node))
                return node;
            switch (node)
            {
                case ParameterExpression:
                    return Column("d.data", node.Type);
                case MemberExpression member when MemberPath.Of(member) is { Length: > 0 } path:
                    var resolved = source.Resolve(path);
                    var type = member.Type;
                    return Sessions.Columns.IsScalar(type) && !type.IsArray
                        ? Column(resolved.Typed, type)
                        : Column(resolved.Json ?? resolved.Typed, type);
                case MethodCallExpression { Method.Name: "Count" or "ToLower" or "ToUpper" }
                    or MemberExpression { Member.Name: "Count" or "Length" }:
                    return Column(builder.Member(node).Typed, node.Type);
                case NewExpression or MemberInitExpression or UnaryExpression or BinaryExpression
                    or ConditionalExpression or MethodCallExpression or NewArrayExpression or MemberExpression:
                    return base.Visit(node);
                default:
                    throw new BadLinqExpressionException($"This selection cannot be translated to SQL: {node}");
            }
        }

        private Expression Column(string sql, Type type)
        {
            columns.Add((sql, type));
            var value = Expression.ArrayIndex(row, Expression.Constant(columns.Count - 1));
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null
                ? Expression.Condition(Expression.Equal(value, Expression.Constant(null)), Expression.Default(type),
                    Expression.Convert(value, type))
                : Expression.Convert(value, type);
        }
    }
}
