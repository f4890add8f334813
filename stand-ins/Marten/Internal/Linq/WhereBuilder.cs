using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Marten.Exceptions;
using NpgsqlTypes;

namespace Marten.Internal.Linq;

/// <summary>Translates conditions.</summary>
internal sealed class WhereBuilder(QuerySource source, Statement statement)
{
    public string Build(Expression expression)
    {
        if (!MemberPath.DependsOnParameter(expression))
            return MemberPath.Evaluate(expression) is true ? "true" : "false";
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and:
                return $"({Build(and.Left)} and {Build(and.Right)})";
            case BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or:
                return $"({Build(or.Left)} or {Build(or.Right)})";
            case BinaryExpression comparison:
                return Compare(comparison);
            case UnaryExpression { NodeType: ExpressionType.Not } not:
                return not.Operand is MemberExpression { Member.Name: not "HasValue" } flag
                    ? $"({Member(flag).Typed} is null or {Member(flag).Typed} = false)"
                    : $"not ({Build(not.Operand)})";
            case UnaryExpression { NodeType: ExpressionType.Convert } convert:
                return Build(convert.Operand);
            case MemberExpression { Member.Name: "HasValue" } hasValue
                when Nullable.GetUnderlyingType(hasValue.Expression!.Type) is not null:
                return $"{Member(hasValue.Expression).Text} is not null";
            case MemberExpression member when member.Type == typeof(bool):
                return $"{Member(member).Typed} = true";
            case MethodCallExpression call:
                return Call(call);
            default:
                throw Unsupported(expression);
        }
    }

    public Member Member(Expression expression)
    {
        if (TryMember(expression) is { } member)
            return member;
        throw Unsupported(expression);
    }

    private Member? TryMember(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert } convert)
            expression = convert.Operand;
        switch (expression)
        {
            case MethodCallExpression { Method.Name: "ToLower" or "ToLowerInvariant", Object: { } lower }:
                return Wrap(Member(lower), "lower");
            case MethodCallExpression { Method.Name: "ToUpper" or "ToUpperInvariant", Object: { } upper }:
                return Wrap(Member(upper), "upper");
            case MethodCallExpression { Method.Name: "Trim", Object: { } trim, Arguments.Count: 0 }:
                return Wrap(Member(trim), "trim");
            case MethodCallExpression { Method.Name: "Count", Arguments: [var list] }
                when MemberPath.Of(list) is { Length: > 0 } path:
                return Length(path);
            case MemberExpression { Member.Name: "Length", Expression: { } text } when text.Type == typeof(string):
                return new($"length({Member(text).Text})", null, "", typeof(int));
            case MemberExpression { Member.Name: "Count" or "Length", Expression: { } list }
                when list.Type != typeof(string) && MemberPath.Of(list) is { Length: > 0 } path:
                return Length(path);
            case MemberExpression { Member.Name: "Date", Expression: { } date } when date.Type == typeof(DateTime):
                return new($"{Member(date).Typed}::date", null, "", typeof(DateTime));
        }
        return MemberPath.Of(expression) is { Length: > 0 } members ? source.Resolve(members) : null;

        static Member Wrap(Member member, string function)
            => new($"{function}({member.Typed})", null, $"{function}({member.Text})", member.Type);
    }

    private Member Length(MemberInfo[] path)
        => new($"jsonb_array_length({source.Resolve(path).Json})", null, "", typeof(int));

    private string Compare(BinaryExpression comparison)
    {
        var (left, right, type) = (comparison.Left, comparison.Right, comparison.NodeType);
        if (!MemberPath.DependsOnParameter(left))
            (left, right, type) = (right, left, Mirrored(type));
        var op = type switch
        {
            ExpressionType.Equal => "=",
            ExpressionType.NotEqual => "!=",
            ExpressionType.LessThan => "<",
            ExpressionType.LessThanOrEqual => "<=",
            ExpressionType.GreaterThan => ">",
            ExpressionType.GreaterThanOrEqual => ">=",
            _ => throw Unsupported(comparison),
        };
        // string.Compare(x.Name, "b") > 0
        if (Unwrap(left) is MethodCallExpression { Method.Name: "Compare" or "CompareTo" } compare)
            return CompareTo(compare, op, comparison);
        if (Unwrap(left) is BinaryExpression { NodeType: ExpressionType.Modulo } modulo)
        {
            return $"{Member(modulo.Left).Typed} % {statement.Add(MemberPath.Evaluate(modulo.Right))} {op} "
                + statement.Add(MemberPath.Evaluate(right));
        }
        if (left.Type == typeof(bool) && TryMember(left) is null)
        {
            var condition = Build(left);
            return MemberPath.Evaluate(right) is true == (op == "=") ? condition : $"not ({condition})";
        }
        var member = Member(left);
        if (MemberPath.DependsOnParameter(right))
            return $"{member.Typed} {op} {Member(right).Typed}";
        var value = MemberPath.Evaluate(right);
        if (value is null)
            return $"{member.Text} is {(op == "=" ? "" : "not ")}null";
        var parameter = statement.Add(source.Paths.Parameter(value, member.Type));
        // As in SQL, and in Marten, a missing member is neither equal nor different; but a missing flag is not set.
        return op == "!=" && Documents.JsonPaths.Bare(member.Type) == typeof(bool)
            ? $"({member.Typed} is null or {member.Typed} != {parameter})"
            : $"{member.Typed} {op} {parameter}";
    }

    private string CompareTo(MethodCallExpression compare, string op, Expression whole)
    {
        var (first, second) = compare.Object is null
            ? (compare.Arguments[0], compare.Arguments[1])
            : (compare.Object, compare.Arguments[0]);
        if (MemberPath.DependsOnParameter(second))
            throw Unsupported(whole);
        return $"{Member(first).Typed} {op} {statement.Add(MemberPath.Evaluate(second))}";
    }

    private string Call(MethodCallExpression call)
    {
        switch (call.Method.Name)
        {
            case "Contains" or "StartsWith" or "EndsWith" when call.Object?.Type == typeof(string):
                return Like(call);
            case "Equals" when call.Object is not null:
                return EqualsCall(call);
            case "IsNullOrEmpty" when call.Method.DeclaringType == typeof(string):
                return $"coalesce({Member(call.Arguments[0]).Text}, '') = ''";
            case "IsNullOrWhiteSpace" when call.Method.DeclaringType == typeof(string):
                return $"trim(coalesce({Member(call.Arguments[0]).Text}, '')) = ''";
            case "Contains":
                return Contains(call);
            case "IsOneOf" or "In" when call.Method.DeclaringType == typeof(Marten.LinqExtensions):
                return AnyOf(Member(call.Arguments[0]), (IEnumerable)MemberPath.Evaluate(call.Arguments[1])!);
            case "IsEmpty" when call.Method.DeclaringType == typeof(Marten.LinqExtensions):
                return Empty(call.Arguments[0]);
            case "Any" when call.Arguments.Count == 1:
                return $"not ({Empty(call.Arguments[0])})";
            case "Any" when call.Arguments.Count == 2:
                return AnyElement(call);
            case "MaybeArchived":
                statement.MaybeArchived = true;
                return "true";
            case "EventTypesAre":
                var types = (Type[])MemberPath.Evaluate(call.Arguments[1])!;
                var graph = source.Store.Options.EventGraph;
                return $"d.type = any({statement.Add(types.Select(t => graph.MappingFor(t).Alias).ToArray())})";
            default:
                throw Unsupported(call);
        }
    }

    private string Empty(Expression list)
    {
        var json = Member(list).Json;
        return $"({json} is null or jsonb_typeof({json}) <> 'array' or jsonb_array_length({json}) = 0)";
    }

    private string EqualsCall(MethodCallExpression call)
    {
        var (first, second) = MemberPath.DependsOnParameter(call.Object!)
            ? (call.Object!, call.Arguments[0])
            : (call.Arguments[0], call.Object!);
        var member = Member(first);
        if (IgnoresCase(call))
            return $"lower({member.Text}) = lower({statement.Add(MemberPath.Evaluate(second))})";
        return $"{member.Typed} = {statement.Add(source.Paths.Parameter(MemberPath.Evaluate(second), member.Type))}";
    }

    private string Like(MethodCallExpression call)
    {
        var text = MemberPath.Evaluate(call.Arguments[0])?.ToString() ?? "";
        text = text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
        var pattern = call.Method.Name switch
        {
            "StartsWith" => $"{text}%",
            "EndsWith" => $"%{text}",
            _ => $"%{text}%",
        };
        return $"{Member(call.Object!).Text} {(IgnoresCase(call) ? "ilike" : "like")} {statement.Add(pattern)}";
    }

    private static bool IgnoresCase(MethodCallExpression call)
        => call.Arguments.FirstOrDefault(a => a.Type == typeof(StringComparison)) is { } comparison
            && MemberPath.Evaluate(comparison) is StringComparison.OrdinalIgnoreCase
                or StringComparison.CurrentCultureIgnoreCase or StringComparison.InvariantCultureIgnoreCase;

    private string Contains(MethodCallExpression call)
    {
        var arguments = call.Object is null ? call.Arguments.ToArray() : [call.Object, .. call.Arguments];
        var (list, item) = (arguments[0], arguments[1]);
        // The compiler may take an array for a span.
        while (list is MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var inner] })
            list = inner;
        if (MemberPath.DependsOnParameter(item))
            return AnyOf(Member(item), (IEnumerable)MemberPath.Evaluate(list)!);
        // x.Tags.Contains("a")
        var value = source.Store.Serializer.ToJson(new[] { MemberPath.Evaluate(item) });
        statement.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        return $"{Member(list).Json} @> ${statement.Parameters.Count}";
    }

    private string AnyOf(Member member, IEnumerable values)
    {
        var bare = Documents.JsonPaths.Bare(member.Type);
        var converted = values.Cast<object?>().Select(v => source.Paths.Parameter(v, member.Type)).ToArray();
        var element = converted.FirstOrDefault(v => v is not null)?.GetType() ?? bare;
        if (element.IsEnum)
            element = typeof(int);
        var array = Array.CreateInstance(element, converted.Count(v => v is not null));
        var index = 0;
        foreach (var value in converted.Where(v => v is not null))
            array.SetValue(value, index++);
        return $"{member.Typed} = any({statement.Add(array)})";
    }

    /// <summary>x.Lines.Any(l => l.Sku == "a" &amp;&amp; …)</summary>
    private string AnyElement(MethodCallExpression call)
    {
        var list = Member(call.Arguments[0]);
        var predicate = (LambdaExpression)Unquote(call.Arguments[1]);
        var nested = new ElementSource(source, predicate.Parameters[0].Type);
        var condition = new WhereBuilder(nested, statement).Build(predicate.Body);
        return $"exists (select 1 from jsonb_array_elements(case jsonb_typeof({list.Json}) when 'array' "
            + $"then {list.Json} else '[]'::jsonb end) as x(element) where {condition})";
    }

    private static Expression Unquote(Expression expression)
        => expression is UnaryExpression { NodeType: ExpressionType.Quote } quote ? quote.Operand : expression;

    private static Expression Unwrap(Expression expression)
        => expression is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : expression;

    private static ExpressionType Mirrored(ExpressionType type) => type switch
    {
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        _ => type,
    };

    private static BadLinqExpressionException Unsupported(Expression expression)
        => new($"This expression cannot be translated to SQL: {expression}");

    /// <summary>The elements of a list within a document.</summary>
    private sealed class ElementSource(QuerySource outer, Type elementType) : QuerySource(outer.Store)
    {
        public override Type StorageType => outer.StorageType;

        public override string From => outer.From;

        public override string RowColumns => outer.RowColumns;

        public override ValueTask<object> ReadAsync(Sessions.QuerySession session, Npgsql.NpgsqlDataReader reader,
            CancellationToken token)
            => throw new NotSupportedException("Elements are only compared");

        public override Member Resolve(IReadOnlyList<MemberInfo> path) => path.Count == 0
            ? new("x.element #>> '{}'", "x.element", "x.element #>> '{}'", elementType)
            : new(Paths.Typed("x.element", path), Paths.Json("x.element", path), Paths.Text("x.element", path),
                TypeNames.MemberType(path[^1]));
    }
}
