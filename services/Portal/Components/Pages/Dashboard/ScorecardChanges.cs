using Performance.Portal.Api;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>Which cells changed with the latest refresh, so that they glow once.</summary>
public sealed class ScorecardChanges
{
    private Dictionary<(string Row, string Column), string> _before = [];
    private HashSet<(string Row, string Column)> _changed = [];
    private string? _generation;
    private int _turn;

    /// <param name="generation">Another filter: other numbers, but no change of them.</param>
    public void Take(IReadOnlyList<ScorecardRow> rows, string generation)
    {
        var now = rows.SelectMany(row => ScorecardColumn.All.Select(column =>
            KeyValuePair.Create((row.Key, column.Id), column.Text(row)))).ToDictionary();
        _changed = generation == _generation
            ? [.. now.Where(cell => _before.TryGetValue(cell.Key, out var was) && was != cell.Value).Select(c => c.Key)]
            : [];
        if (_changed.Count > 0)
        {
            _turn = 1 - _turn;
        }

        (_before, _generation) = (now, generation);
    }

    /// <summary>Two classes in turn: the same one twice would not start the animation again.</summary>
    public string? Class(string row, string column) => _changed.Contains((row, column)) ? $"glow-{_turn}" : null;
}
