using System.Linq.Expressions;
using System.Reflection;
using Marten.Exceptions;

namespace Marten.Internal.Linq;

/// <summary>The members that an expression walks through: x => x.Customer.Name.</summary>
internal static class MemberPath
{
    public static MemberInfo[] Of(LambdaExpression lambda) => Of(lambda.Body)
        ?? throw new BadLinqExpressionException($"Not a path of members: {lambda}");

    /// <summary>Null, if it does not start at a parameter or is no plain path.</summary>
    public static MemberInfo[]? Of(Expression? expression)
    {
        var path = new List<MemberInfo>();
        while (true)
        {
            switch (expression)
            {
                case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert:
                    expression = convert.Operand;
                    continue;
                case MemberExpression { Member.Name: "Value", Expression.Type: { } type } value
                    when Nullable.GetUnderlyingType(type) is not null:
                    expression = value.Expression;
                    continue;
                case MemberExpression member:
                    path.Insert(0, member.Member);
                    expression = member.Expression;
                    continue;
                case ParameterExpression:
                    return [.. path];
                default:
                    return null;
            }
        }
    }

    /// <summary>The value of an expression that does not depend on the document.</summary>
    public static object? Evaluate(Expression expression)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: FieldInfo field } member:
                return field.GetValue(member.Expression is null ? null : Evaluate(member.Expression));
            case MemberExpression { Member: PropertyInfo property } member:
                return property.GetValue(member.Expression is null ? null : Evaluate(member.Expression));
            case UnaryExpression { NodeType: ExpressionType.Convert } convert
                when convert.Operand.Type == convert.Type || !convert.Type.IsValueType:
                return Evaluate(convert.Operand);
            default:
                return Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object)))
                    .Compile(preferInterpretation: true)();
        }
    }

    public static bool DependsOnParameter(Expression expression)
    {
        var finder = new ParameterFinder();
        finder.Visit(expression);
        return finder.Found;
    }

    private sealed class ParameterFinder : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }

        protected override Expression VisitLambda<T>(Expression<T> node) => node;
    }
}
