using System.Linq.Expressions;
using Marten.Exceptions;

namespace Marten.Internal.Linq;

/// <summary>Takes a chain of LINQ operators apart: conditions, order, page and selection.</summary>
internal sealed class QueryPlanner
{
    private readonly QuerySource _source;
    private readonly List<string> _where = [];
    private readonly List<string> _order = [];
    private LambdaExpression? _selector;
    private object? _skip;
    private object? _take;
    private bool _distinct;

    public QueryPlanner(QuerySource source, Expression expression)
    {
        _source = source;
        Builder = new(source, Statement);
        Visit(expression);
    }

    public Statement Statement { get; } = new();

    public WhereBuilder Builder { get; }

    /// <summary>How a selected row becomes a value; null for whole documents.</summary>
    public Selection? Selection { get; private set; }

    public void Filter(LambdaExpression predicate) => _where.Add(Builder.Build(predicate.Body));

    public void Limit(int count) => _take = _take is int known ? Math.Min(known, count) : count;

    public string Select(bool withTotal = false)
    {
        var columns = _source.RowColumns;
        if (_selector is not null)
        {
            Selection = Selection.For(_source, Builder, _selector);
            columns = Selection.Columns;
        }
        var total = withTotal ? ", count(*) over () as mt_total" : "";
        return $"select {(_distinct ? "distinct " : "")}{columns}{total} from {_source.From}{Tail()}";
    }

    public string Count()
    {
        if (_distinct || _skip is not null || _take is not null)
            return $"select count(*) from ({Select()}) as q";
        return $"select count(*) from {_source.From}{Conditions()}";
    }

    public string Exists() => $"select exists (select 1 from {_source.From}{Tail()})";

    public string Aggregate(string function, LambdaExpression selector)
        => $"select {function}({Builder.Member(selector.Body).Typed}) from {_source.From}{Conditions()}";

    private string Conditions()
    {
        var all = _source.Conditions(Statement.MaybeArchived).Concat(_where).ToArray();
        return all.Length == 0 ? "" : $" where {string.Join(" and ", all)}";
    }

    private string Tail()
    {
        var order = _order.Count == 0 ? "" : $" order by {string.Join(", ", _order)}";
        var offset = _skip is null ? "" : $" offset {Statement.Add(Convert.ToInt64(_skip))}";
        var limit = _take is null ? "" : $" limit {Statement.Add(Convert.ToInt64(_take))}";
        return Conditions() + order + offset + limit;
    }

    private void Visit(Expression expression)
    {
        if (expression is not MethodCallExpression call)
            return;
        Visit(call.Arguments[0]);
        switch (call.Method.Name)
        {
            case "Where":
                if (_take is not null || _skip is not null)
                    throw new BadLinqExpressionException("Where after Skip or Take cannot be translated");
                Filter(Lambda(call));
                break;
            case "OrderBy" or "ThenBy":
                Order(call, "");
                break;
            case "OrderByDescending" or "ThenByDescending":
                Order(call, " desc");
                break;
            case "Skip":
                _skip = MemberPath.Evaluate(call.Arguments[1]);
                break;
            case "Take":
                _take = MemberPath.Evaluate(call.Arguments[1]);
                break;
            case "Select":
                _selector = Lambda(call);
                break;
            case "Distinct":
                _distinct = true;
                break;
            case "OrderBySql" or "ThenBySql":
                _order.Add((string)MemberPath.Evaluate(call.Arguments[1])!);
                break;
            default:
                throw new BadLinqExpressionException($"The operator {call.Method.Name} cannot be translated to SQL");
        }
    }

    private void Order(MethodCallExpression call, string direction)
    {
        var key = Lambda(call).Body;
        if (call.Method.Name.StartsWith("OrderBy", StringComparison.Ordinal))
            _order.Clear();
        // Order after Select(x => x.Name) is by what was selected.
        if (key is ParameterExpression && _selector is not null)
            key = _selector.Body;
        _order.Add(Builder.Member(key).Typed + direction);
    }

    private static LambdaExpression Lambda(MethodCallExpression call)
        => (LambdaExpression)(call.Arguments[1] is UnaryExpression { NodeType: ExpressionType.Quote } quote
            ? quote.Operand
            : call.Arguments[1]);
}
