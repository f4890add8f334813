using Microsoft.Extensions.Primitives;

namespace Performance.Portal.Components.Parts;

/// <summary>By which column a table is sorted. Its address says it, unless it is the table's own order.</summary>
public sealed record TableOrder(string By, bool Descending = false)
{
    /// <param name="query">The address.</param>
    /// <param name="own">The order where the address says none.</param>
    /// <param name="known">Whether there is such a column.</param>
    /// <param name="name">The field, where a page has more than one table.</param>
    public static TableOrder Of(
        Dictionary<string, StringValues> query, TableOrder own, Func<string, bool> known, string name = "sort") =>
        query.One(name) is { } by && known(by) ? new(by, query.One(DescendingOf(name)) == "true") : own;

    public (string Name, string? Value)[] Pairs(TableOrder own, string name = "sort") =>
        this == own ? [] : [(name, By), (DescendingOf(name), Descending ? "true" : null)];

    /// <summary>For <c>aria-sort</c>.</summary>
    public string? Direction(string column) => By != column ? null : Descending ? "descending" : "ascending";

    /// <summary>A click on a head: the first sorts by it, the next turns it round.</summary>
    public TableOrder Click(string column, bool greatestFirst) =>
        new(column, By == column ? !Descending : greatestFirst);

    /// <summary>Sorted by a value; those without one come last, whichever way it goes.</summary>
    public IOrderedEnumerable<T> Sort<T, TKey>(
        IEnumerable<T> items, Func<T, TKey> key, IComparer<TKey>? comparer = null)
    {
        var present = items.OrderBy(item => key(item) is null);
        return Descending ? present.ThenByDescending(key, comparer) : present.ThenBy(key, comparer);
    }

    private static string DescendingOf(string name) => name == "sort" ? "desc" : name + "desc";
}
