using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>Rows keep their place when their numbers change; only a new sort or filter orders them anew.</summary>
public sealed class ScorecardOrder
{
    private List<string> _keys = [];
    private string? _made;

    /// <summary>Some row would be elsewhere by now.</summary>
    public bool IsOld { get; private set; }

    public IReadOnlyList<ScorecardRow> Apply(
        IReadOnlyList<ScorecardRow> rows, string? sort, bool descending, string generation)
    {
        var fresh = Sorted(rows, sort, descending);
        var made = $"{sort} {descending} {generation}";
        if (_made != made)
        {
            _made = made;
            _keys = [.. fresh.Select(r => r.Key)];
        }

        var byKey = rows.ToDictionary(r => r.Key);
        var kept = _keys.Where(byKey.ContainsKey).Select(key => byKey[key]).ToList();
        var known = _keys.ToHashSet();
        kept.InsertRange(kept.Count(r => r.AgentId is not null), fresh.Where(r => !known.Contains(r.Key)));
        _keys = [.. kept.Select(r => r.Key)];
        IsOld = !kept.Select(r => r.Key).SequenceEqual(fresh.Select(r => r.Key));
        return kept;
    }

    /// <summary>Orders anew next time.</summary>
    public void Renew() => _made = null;

    private static List<ScorecardRow> Sorted(IReadOnlyList<ScorecardRow> rows, string? sort, bool descending)
    {
        var column = ScorecardColumn.All.FirstOrDefault(c => c.Id == sort);
        var people = rows.Where(r => r.AgentId is not null);
        var ordered = column is null
            ? descending && sort == ScorecardColumn.Agent
                ? people.OrderByDescending(r => r.Name, StringComparer.CurrentCultureIgnoreCase)
                : people.OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)
            : (descending
                ? people.OrderBy(r => column.Rank(r) is null).ThenByDescending(column.Rank)
                : people.OrderBy(r => column.Rank(r) is null).ThenBy(column.Rank))
                .ThenBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase);
        // Tickets that nobody has come last, however it is sorted.
        return [.. ordered.ThenBy(r => r.Key, StringComparer.Ordinal), .. rows.Where(r => r.AgentId is null)];
    }
}
