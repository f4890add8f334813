namespace Performance.Portal.Show;

/// <summary>Which cells of a table changed with the latest refresh, so that they glow once.</summary>
public sealed class CellChanges
{
    private Dictionary<(string Row, string Column), string> _before = [];
    private HashSet<(string Row, string Column)> _changed = [];
    private string? _generation;
    private int _turn;

    /// <param name="cells">Every cell with its text.</param>
    /// <param name="generation">Another question: other numbers, but no change of them.</param>
    public void Take(IEnumerable<(string Row, string Column, string Text)> cells, string generation)
    {
        var now = cells.ToDictionary(c => (c.Row, c.Column), c => c.Text);
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
