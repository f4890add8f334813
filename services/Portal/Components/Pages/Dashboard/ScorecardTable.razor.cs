using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>The scorecard as a table; every count is a link to the tickets behind it.</summary>
public sealed partial class ScorecardTable
{
    [Parameter, EditorRequired]
    public IReadOnlyList<ScorecardRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<ScorecardColumn> Columns { get; set; } = [];

    [Parameter, EditorRequired]
    public DashboardAddress Address { get; set; } = new();

    [Parameter, EditorRequired]
    public ScorecardChanges Changes { get; set; } = new();

    /// <summary>Whether attendance and ramp plans may be changed here.</summary>
    [Parameter]
    public bool MayEdit { get; set; }

    [Parameter]
    public EventCallback<(ScorecardRow Row, decimal? Percent)> OnAttendance { get; set; }

    /// <summary>The month that a typed attendance belongs to; null where the filter does not say just one.</summary>
    [Parameter]
    public string? AttendanceMonth { get; set; }

    private string? _editing;
    private string? _focused;
    private ElementReference _field;

    [Inject]
    private Browser Browser { get; set; } = default!;

    private IEnumerable<(string Name, int Count)> Groups
    {
        get
        {
            var groups = new List<(string Name, int Count)>();
            foreach (var column in Columns)
            {
                if (groups.Count > 0 && groups[^1].Name == column.Group)
                {
                    groups[^1] = (column.Group, groups[^1].Count + 1);
                }
                else
                {
                    groups.Add((column.Group, 1));
                }
            }

            return groups;
        }
    }

    private string? Lead(ScorecardColumn column)
    {
        var at = Columns.ToList().IndexOf(column);
        return at == 0 || Columns[at - 1].Group != column.Group ? "lead" : null;
    }

    private string Sorted(TableOrder order) => (Address with { Order = order, Page = 1 }).ToString();

    private string Drill(ScorecardRow row, string measure) => Address.WithPanel(measure, row.Key).ToString();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_editing is not null && _editing != _focused)
        {
            _focused = _editing;
            await Browser.EditAsync(_field);
        }

        _focused = _editing;
    }

    private async Task SaveAsync(ScorecardRow row, ChangeEventArgs change)
    {
        _editing = null;
        var text = change.Value?.ToString()?.Trim() ?? "";
        if (text.Length == 0)
        {
            await OnAttendance.InvokeAsync((row, null));
        }
        else if (decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var percent))
        {
            await OnAttendance.InvokeAsync((row, percent));
        }
    }

    private string AttendanceLabel(ScorecardRow row) =>
        $"Attendance % of {row.Name}, {BusinessTime.Month(AttendanceMonth ?? "")}";

    private static string Score(ScorecardRow row) => row.MeasuredMax is { } max and < 100
        ? $"{Numbers.One(row.Score)} of {max:0.#}: not everything is measured"
        : $"{Numbers.One(row.Score)} of 100";
}
