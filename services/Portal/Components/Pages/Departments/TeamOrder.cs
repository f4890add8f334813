namespace Performance.Portal.Components.Pages.Departments;

/// <summary>Rows keep their place when their numbers change; only a new sort, month or department orders them
/// anew.</summary>
public sealed class TeamOrder
{
    private List<string> _keys = [];
    private string? _made;

    public IReadOnlyList<TeamRow> Apply(IReadOnlyList<TeamRow> rows, DepartmentAddress address)
    {
        var made = (address with { Week = null, Panel = null, Of = null }).ToString();
        if (_made != made || rows.Count != _keys.Count || rows.Any(r => !_keys.Contains(r.Key)))
        {
            _made = made;
            _keys = [.. Sorted(rows, address).Select(r => r.Key)];
        }

        return [.. rows.OrderBy(r => _keys.IndexOf(r.Key))];
    }

    /// <summary>The rows come by name; agents without a team stay last.</summary>
    private static IEnumerable<TeamRow> Sorted(IReadOnlyList<TeamRow> rows, DepartmentAddress address)
    {
        var column = TeamColumn.All.FirstOrDefault(c => c.Id == address.Order.By);
        var ordered = column is not null ? address.Order.Sort(rows, row => column.Value(row.Figures))
            : address.Order.Descending ? rows.Reverse() : rows;
        return ordered.OrderBy(r => r.Key.Length == 0);
    }
}
