using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>Which cells changed with the latest refresh, so that they glow once.</summary>
public sealed class ScorecardChanges
{
    private readonly CellChanges _cells = new();

    /// <param name="rows">The rows as they are now.</param>
    /// <param name="generation">Another filter: other numbers, but no change of them.</param>
    public void Take(IReadOnlyList<ScorecardRow> rows, string generation) => _cells.Take(
        rows.SelectMany(row => ScorecardColumn.All.Select(column => (row.Key, column.Id, column.Text(row)))),
        generation);

    public string? Class(string row, string column) => _cells.Class(row, column);
}
