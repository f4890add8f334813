using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>The scorecard of everybody whom the person oversees, live.</summary>
public sealed partial class DashboardPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    Browser browser, Toasts toasts, BusinessTime time)
    : ComponentBase, IDisposable
{
    private const int PageSize = 100;

    private readonly ScorecardOrder _order = new();
    private readonly ScorecardChanges _changes = new();
    private DashboardAddress _address = new();
    private Load<Scorecard>? _scorecard;
    private Load<FilterChoices>? _choices;
    private LiveRefresh? _live;
    private IReadOnlyList<ScorecardRow> _rows = [];
    private PortalUser? _user;
    private string _search = "";
    private string? _shownFilter;
    private long? _atLeast;
    private bool _openedHere;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private FilterChoices Choices => _choices?.Value ?? FilterKind.NoChoices;

    private bool MayEdit => _user is { Supervises: true };

    private IReadOnlyList<ScorecardColumn> Columns =>
        [.. ScorecardColumn.All.Where(c => !_address.Toggled.Contains(c.Id))];

    private List<ScorecardRow> Found => _search.Length == 0
        ? [.. _rows]
        : [.. _rows.Where(r => r.Name.Contains(_search, StringComparison.CurrentCultureIgnoreCase))];

    private List<ScorecardRow> PageRows => [.. Found.Skip((_address.Page - 1) * PageSize).Take(PageSize)];

    /// <summary>A typed attendance belongs to the month on screen; without one month, a panel asks which.</summary>
    private string? AttendanceMonth => _address.Filter.Months is [var month] ? month : null;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _scorecard?.Dispose();
        _choices?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        _address = DashboardAddress.Parse(navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _scorecard = new Load<Scorecard>(
            cancel => api.Scoring.ScorecardAsync(_address.Filter, _atLeast, cancel), Arrived);
        _choices = new Load<FilterChoices>(api.Scoring.ChoicesAsync, StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, () => _scorecard.RunAsync()).On(live, "scorecard");
        _ = _choices.RunAsync();
        await _scorecard.RunAsync();
    }

    private void Arrived()
    {
        if (_scorecard?.Value is { } scorecard)
        {
            _shownFilter = _address.FilterKey;
            Arrange(scorecard);
            _changes.Take(_rows, _shownFilter);
            if (_scorecard.Trouble is null)
            {
                page.Updated(clock.GetUtcNow());
            }
        }

        StateHasChanged();
    }

    private void Arrange(Scorecard scorecard) =>
        _rows = _order.Apply(scorecard.Agents, _address.Sort, _address.Descending, _shownFilter ?? "");

    private void SortAgain()
    {
        _order.Renew();
        Arrange(_scorecard!.Value!);
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != DashboardAddress.Path)
        {
            return;
        }

        var before = _address;
        _address = DashboardAddress.Parse(e.Location);
        _openedHere = before.Panel is null && _address.Panel is not null || _openedHere && _address.Panel is not null;
        if (_address.FilterKey != before.FilterKey)
        {
            await _scorecard!.RunAsync();
        }
        else if (_scorecard?.Value is { } scorecard)
        {
            Arrange(scorecard);
        }

        StateHasChanged();
    });

    private void FilterAsync(ScorecardFilter filter) =>
        navigation.NavigateTo((_address with { Filter = filter, Page = 1 }).ToString(), replace: true);

    private void ToggleColumn(string id) => navigation.NavigateTo(
        (_address with
        {
            Toggled = _address.Toggled.Contains(id)
                ? [.. _address.Toggled.Where(c => c != id)]
                : [.. _address.Toggled, id]
        }).ToString(), replace: true);

    /// <summary>Back closes a panel that was opened here; a shared address has nothing to go back to.</summary>
    private async Task ClosePanelAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            navigation.NavigateTo(_address.WithPanel(null, null).ToString(), replace: true);
        }
    }

    private async Task ChangedAsync(long position)
    {
        _atLeast = position;
        await _scorecard!.RunAsync();
    }

    private async Task SetAttendanceAsync((ScorecardRow Row, decimal? Percent) change)
    {
        var (row, percent) = change;
        try
        {
            var done = await api.Coaching.SetAttendanceAsync(
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

    private Task PrintAsync() => browser.PrintAsync().AsTask();

    private Task ExportAsync()
    {
        var head = Columns.Select(c => c.Name).Prepend("Agent");
        var lines = Found.Select(r => Columns.Select(c => c.Plain(r)).Prepend(r.Name));
        return browser.DownloadAsync($"scorecard-{time.Today:yyyy-MM-dd}.csv", Csv.Write([head, .. lines])).AsTask();
    }
}
