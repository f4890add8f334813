using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>The scorecard of everybody whom the person oversees, live.</summary>
public sealed partial class DashboardPage(Toasts toasts)
{
    private const int PageSize = 100;

    private readonly ScorecardOrder _order = new();
    private readonly ScorecardChanges _changes = new();
    private IReadOnlyList<ScorecardRow> _rows = [];
    private string _search = "";
    private string? _shownFilter;

    protected override string Topic => "scorecard";

    private IReadOnlyList<ScorecardColumn> Columns =>
        [.. ScorecardColumn.All.Where(c => !Address.Hidden.Contains(c.Id))];

    private List<ScorecardRow> Found => _search.Length == 0
        ? [.. _rows]
        : [.. _rows.Where(r => r.Name.Contains(_search, StringComparison.CurrentCultureIgnoreCase))];

    private List<ScorecardRow> PageRows => [.. Found.Skip((Address.Page - 1) * PageSize).Take(PageSize)];

    /// <summary>A typed attendance belongs to the month on screen; without one month, a panel asks which.</summary>
    private string? AttendanceMonth => Address.Filter.Months is [var month] ? month : null;

    protected override Task<Scorecard> AskAsync(CancellationToken cancel) =>
        Api.Scoring.ScorecardAsync(Address.Filter, AtLeast, cancel);

    protected override void OnAnswer(Scorecard answer)
    {
        _shownFilter = Address.FilterKey;
        Arrange(answer);
        _changes.Take(_rows, _shownFilter);
    }

    protected override void OnAddress()
    {
        if (Answer?.Value is { } scorecard)
        {
            Arrange(scorecard);
        }
    }

    private void Arrange(Scorecard scorecard) =>
        _rows = _order.Apply(scorecard.Agents, Address.Order, _shownFilter ?? "");

    private void SortAgain()
    {
        _order.Renew();
        Arrange(Answer!.Value!);
    }

    private async Task SetAttendanceAsync((ScorecardRow Row, decimal? Percent) change)
    {
        var (row, percent) = change;
        try
        {
            var done = await Api.Coaching.SetAttendanceAsync(
                row.AgentId!.Value, AttendanceMonth!, new AttendanceChange(percent), CancellationToken.None);
            var before = row.Attendance;
            toasts.Done(
                $"Attendance of {row.Name}, {BusinessTime.Month(AttendanceMonth!)}: {Numbers.Percent(percent)}.",
                () => SetAttendanceAsync((row with { Attendance = percent }, before)));
            await ChangedAsync(done.Position);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            toasts.Failed(Trouble.Of(e));
        }
    }

    private string CountText(Scorecard scorecard)
    {
        var agents = scorecard.Agents.Count(r => r.AgentId is not null);
        return _search.Length > 0 ? $"{Found.Count} of {agents} agents" : agents == 1 ? "1 agent" : $"{agents} agents";
    }

    private Task PrintAsync() => Browser.PrintAsync().AsTask();

    private Task ExportAsync()
    {
        var head = Columns.Select(c => c.Name).Prepend("Agent");
        var lines = Found.Select(r => Columns.Select(c => c.Plain(r)).Prepend(r.Name));
        return Browser.DownloadAsync($"scorecard-{Time.Today:yyyy-MM-dd}.csv", Csv.Write([head, .. lines])).AsTask();
    }
}
