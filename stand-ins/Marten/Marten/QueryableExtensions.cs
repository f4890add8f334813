using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Marten.Internal.Linq;
using Marten.Linq;
using Npgsql;

namespace Marten;

/// <summary>Runs queries.</summary>
public static class QueryableExtensions
{
    private static readonly MethodInfo OrderBySqlMethod = typeof(QueryableExtensions).GetMethod(nameof(OrderBySql))!;
    private static readonly MethodInfo ThenBySqlMethod = typeof(QueryableExtensions).GetMethod(nameof(ThenBySql))!;

    public static async Task<IReadOnlyList<T>> ToListAsync<T>(this IQueryable<T> queryable,
        CancellationToken token = default)
    {
        var plan = QueryProvider.Of(queryable).Plan(queryable.Expression);
        return await RunAsync<T>(queryable, plan, token).ConfigureAwait(false);
    }

    public static async IAsyncEnumerable<T> ToAsyncEnumerable<T>(this IQueryable<T> queryable,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var provider = QueryProvider.Of(queryable);
        var plan = provider.Plan(queryable.Expression);
        await PrepareAsync(provider, token).ConfigureAwait(false);
        await using var lease = await provider.Session.LeaseAsync(token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(plan.Select());
        command.Parameters.AddRange(plan.Statement.Parameters.ToArray());
        provider.Session.Attach(command, lease.Connection);
        await using var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
            yield return await ReadAsync<T>(provider, plan, reader, token).ConfigureAwait(false);
    }

    public static async Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
    {
        var plan = QueryProvider.Of(source).Plan(source.Expression);
        return (bool)(await ScalarAsync(source, plan.Exists(), plan, token).ConfigureAwait(false))!;
    }

    public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).AnyAsync(token);

    public static async Task<int> CountAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
        => (int)await source.LongCountAsync(token).ConfigureAwait(false);

    public static Task<int> CountAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).CountAsync(token);

    public static async Task<long> LongCountAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
    {
        var plan = QueryProvider.Of(source).Plan(source.Expression);
        return (long)(await ScalarAsync(source, plan.Count(), plan, token).ConfigureAwait(false))!;
    }

    public static Task<long> LongCountAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).LongCountAsync(token);

    public static async Task<TSource> FirstAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
    {
        var rows = await TakeAsync(source, 1, token).ConfigureAwait(false);
        return rows.Count == 0 ? throw new InvalidOperationException("Sequence contains no elements") : rows[0];
    }

    public static Task<TSource> FirstAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).FirstAsync(token);

    public static async Task<TSource?> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
    {
        var rows = await TakeAsync(source, 1, token).ConfigureAwait(false);
        return rows.Count == 0 ? default : rows[0];
    }

    public static Task<TSource?> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).FirstOrDefaultAsync(token);

    public static async Task<TSource> SingleAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
        => (await TakeAsync(source, 2, token).ConfigureAwait(false)).Single();

    public static Task<TSource> SingleAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).SingleAsync(token);

    public static async Task<TSource?> SingleOrDefaultAsync<TSource>(this IQueryable<TSource> source,
        CancellationToken token = default) where TSource : notnull
        => (await TakeAsync(source, 2, token).ConfigureAwait(false)).SingleOrDefault();

    public static Task<TSource?> SingleOrDefaultAsync<TSource>(this IQueryable<TSource> source,
        Expression<Func<TSource, bool>> predicate, CancellationToken token = default) where TSource : notnull
        => source.Where(predicate).SingleOrDefaultAsync(token);

    public static Task<TResult> SumAsync<TSource, TResult>(this IQueryable<TSource> source,
        Expression<Func<TSource, TResult>> expression, CancellationToken token = default) where TResult : notnull
        => AggregateAsync<TSource, TResult>(source, "sum", expression, token);

    public static Task<TResult> MaxAsync<TSource, TResult>(this IQueryable<TSource> source,
        Expression<Func<TSource, TResult>> expression, CancellationToken token = default) where TResult : notnull
        => AggregateAsync<TSource, TResult>(source, "max", expression, token);

    public static Task<TResult> MinAsync<TSource, TResult>(this IQueryable<TSource> source,
        Expression<Func<TSource, TResult>> expression, CancellationToken token = default) where TResult : notnull
        => AggregateAsync<TSource, TResult>(source, "min", expression, token);

    public static Task<double> AverageAsync<TSource, TMember>(this IQueryable<TSource> source,
        Expression<Func<TSource, TMember>> expression, CancellationToken token = default) where TMember : notnull
        => AggregateAsync<TSource, double>(source, "avg", expression, token);

    /// <summary>Also counts all matching documents, for paging.</summary>
    public static IMartenQueryable<T> Stats<T>(this IQueryable<T> queryable, out QueryStatistics stats)
        where T : notnull
    {
        stats = new QueryStatistics();
        QueryProvider.Of(queryable).Statistics = stats;
        return (IMartenQueryable<T>)queryable;
    }

    /// <summary>Orders by an SQL expression.</summary>
    public static IQueryable<T> OrderBySql<T>(this IQueryable<T> queryable, string sql)
        => queryable.Provider.CreateQuery<T>(Expression.Call(null, OrderBySqlMethod.MakeGenericMethod(typeof(T)),
            queryable.Expression, Expression.Constant(sql)));

    public static IQueryable<T> ThenBySql<T>(this IQueryable<T> queryable, string sql)
        => queryable.Provider.CreateQuery<T>(Expression.Call(null, ThenBySqlMethod.MakeGenericMethod(typeof(T)),
            queryable.Expression, Expression.Constant(sql)));

    private static Task<List<T>> TakeAsync<T>(IQueryable<T> queryable, int count, CancellationToken token)
    {
        var plan = QueryProvider.Of(queryable).Plan(queryable.Expression);
        plan.Limit(count);
        return RunAsync<T>(queryable, plan, token);
    }

    private static async Task<List<T>> RunAsync<T>(IQueryable queryable, QueryPlanner plan, CancellationToken token)
    {
        var provider = QueryProvider.Of(queryable);
        await PrepareAsync(provider, token).ConfigureAwait(false);
        var statistics = provider.Statistics;
        var sql = plan.Select(statistics is not null);
        return await provider.Session.ReadAsync(sql, [.. plan.Statement.Parameters], (reader, ct) =>
        {
            if (statistics is not null)
                statistics.TotalResults = reader.GetInt64(reader.FieldCount - 1);
            return ReadAsync<T>(provider, plan, reader, ct);
        }, token).ConfigureAwait(false);
    }

    private static async ValueTask<T> ReadAsync<T>(QueryProvider provider, QueryPlanner plan, NpgsqlDataReader reader,
        CancellationToken token)
        => plan.Selection is not null
            ? (T)plan.Selection.Read(provider.Session, reader)!
            : (T)await provider.Source.ReadAsync(provider.Session, reader, token).ConfigureAwait(false);

    private static async Task<object?> ScalarAsync(IQueryable queryable, string sql, QueryPlanner plan,
        CancellationToken token)
    {
        var provider = QueryProvider.Of(queryable);
        await PrepareAsync(provider, token).ConfigureAwait(false);
        var rows = await provider.Session.ReadAsync(sql, [.. plan.Statement.Parameters],
            (reader, _) => new ValueTask<object?>(reader.IsDBNull(0) ? null : reader.GetValue(0)), token)
            .ConfigureAwait(false);
        return rows[0];
    }

    private static async Task<TResult> AggregateAsync<TSource, TResult>(IQueryable<TSource> source, string function,
        LambdaExpression selector, CancellationToken token)
    {
        var plan = QueryProvider.Of(source).Plan(source.Expression);
        var value = await ScalarAsync(source, plan.Aggregate(function, selector), plan, token).ConfigureAwait(false);
        if (value is null)
            return default!;
        var type = Nullable.GetUnderlyingType(typeof(TResult)) ?? typeof(TResult);
        if (type == typeof(DateTimeOffset) && value is DateTime instant)
            value = new DateTimeOffset(instant);
        return (TResult)(type.IsInstanceOfType(value) ? value : Convert.ChangeType(value, type));
    }

    private static async Task PrepareAsync(QueryProvider provider, CancellationToken token)
    {
        await provider.Source.Store.Schema.EnsureAsync(provider.Source.StorageType).ConfigureAwait(false);
        if (provider.Source.Before is not null)
            await provider.Source.Before(token).ConfigureAwait(false);
    }
}
