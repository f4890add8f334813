using Performance.Portal.Api;
using Performance.Portal.Components.Parts;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>Rows keep their place when their numbers change; only a new sort or filter orders them anew.</summary>
public sealed class ScorecardOrder
{
    private List<string> _keys = [];
    private string? _made;

    /// <summary>Some row would be elsewhere by now.</summary>
    public bool IsOld { get; private set; }

    public IReadOnlyList<ScorecardRow> Apply(
        IReadOnlyList<ScorecardRow> rows, TableOrder order, string generation)
    {
        var fresh = Sorted(rows, order);
        var made = $"{order} {generation}";
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

    private static List<ScorecardRow> Sorted(IReadOnlyList<ScorecardRow> rows, TableOrder order)
    {
        var people = rows.Where(r => r.AgentId is not null);
        var ordered = ScorecardColumn.All.FirstOrDefault(c => c.Id == order.By) is { } column
            ? order.Sort(people, column.Rank).ThenBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)
            : order.Sort(people, r => r.Name, StringComparer.CurrentCultureIgnoreCase);
        // Tickets that nobody has come last, however it is sorted.
        return [.. ordered.ThenBy(r => r.Key, StringComparer.Ordinal), .. rows.Where(r => r.AgentId is null)];
    }
}
