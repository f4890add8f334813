using System.Collections;
using System.Linq.Expressions;
using Marten.Exceptions;
using Marten.Internal.Sessions;
using Marten.Linq;

namespace Marten.Internal.Linq;

/// <summary>A query that is still being composed.</summary>
internal sealed class MartenQueryable<T> : IMartenQueryable<T>, IOrderedQueryable<T>, IMartenQueryRunner
{
    private MartenQueryable(QueryProvider provider, Expression? expression)
    {
        QueryProvider = provider;
        Expression = expression ?? Expression.Constant(this);
    }

    public Type ElementType => typeof(T);

    public Expression Expression { get; }

    public IQueryProvider Provider => QueryProvider;

    public QueryProvider QueryProvider { get; }

    public static IMartenQueryable<T> Over(QuerySession session, QuerySource source)
        => new MartenQueryable<T>(new QueryProvider(session, source), null);

    public static MartenQueryable<T> From(QueryProvider provider, Expression expression) => new(provider, expression);

    public IEnumerator<T> GetEnumerator() => throw new NotSupportedException(
        "Queries run asynchronously: use ToListAsync, ToAsyncEnumerable and the like");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal interface IMartenQueryRunner
{
    QueryProvider QueryProvider { get; }
}

internal sealed class QueryProvider(QuerySession session, QuerySource source) : IQueryProvider
{
    public QuerySession Session => session;

    public QuerySource Source => source;

    /// <summary>Filled with the total number of rows, if asked for by Stats.</summary>
    public QueryStatistics? Statistics { get; set; }

    public IQueryable<TElement> CreateQuery<TElement>(Expression expression)
        => MartenQueryable<TElement>.From(this, expression);

    public IQueryable CreateQuery(Expression expression) => throw new NotSupportedException();

    public object? Execute(Expression expression) => throw Synchronous();

    public TResult Execute<TResult>(Expression expression) => throw Synchronous();

    public static QueryProvider Of(IQueryable queryable) => (queryable as IMartenQueryRunner)?.QueryProvider
        ?? throw new BadLinqExpressionException("Only for queries of a Marten session");

    public QueryPlanner Plan(Expression expression) => new(source, expression);

    private static NotSupportedException Synchronous()
        => new("Queries run asynchronously: use FirstAsync, CountAsync and the like");
}
