using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.WeeklyReview;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Departments;

/// <summary>The teams of a department side by side, and who needs somebody, live.</summary>
public sealed partial class DepartmentPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    Browser browser, BusinessTime time)
    : ComponentBase, IDisposable
{
    private const int MonthsBack = 24;

    // A ticket grows old without anything happening to it.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly TeamOrder _order = new();
    private readonly CellChanges _changes = new();
    private DepartmentAddress _address = new();
    private Load<DepartmentData>? _data;
    private Load<ReviewsOfWeek>? _reviews;
    private LiveRefresh? _live;
    private ITimer? _timer;
    private PortalUser? _user;
    private bool _openedHere;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private WeekAddress Week => _address.Week is { } week && week.Monday <= time.Today
        ? week : WeekAddress.Of(time.Today);

    private TeamRow? PanelRow => _address.Of is { } team
        ? _data?.Value?.Rows.FirstOrDefault(row => row.Key == team) : _data?.Value?.Total;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _timer?.Dispose();
        _live?.Dispose();
        _data?.Dispose();
        _reviews?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        _address = DepartmentAddress.Parse(navigation.Uri);
        if (!RendererInfo.IsInteractive || _user is { IsAdmin: false, Who.Department: null })
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _data = new(
            cancel => DepartmentData.ReadAsync(api, _address.Month, _address.Department, cancel), Arrived);
        _reviews = new(cancel => api.Reviews.WeekAsync(Week.ToString(), cancel), StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, RefreshAsync).On(live, "scorecard", "pipeline", "policies");
        _timer = clock.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Pause, Pause);
        await RefreshAsync();
    }

    private Task RefreshAsync() => Task.WhenAll(_data!.RunAsync(), _reviews!.RunAsync());

    private void Arrived()
    {
        if (_data is { Value: { } data, Trouble: null })
        {
            _changes.Take(
                data.Rows.Append(data.Total).SelectMany(row => TeamColumn.All.Select(
                    column => (row.Line, column.Id, column.Text(row.Figures)))), $"{_address.Asked}");
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != DepartmentAddress.Path)
        {
            return;
        }

        var (before, week) = (_address, Week);
        _address = DepartmentAddress.Parse(e.Location);
        _openedHere = _address.Panel is not null && (before.Panel is null || _openedHere);
        StateHasChanged();
        await Task.WhenAll(
            _address.Asked == before.Asked ? Task.CompletedTask : _data!.RunAsync(),
            Week == week ? Task.CompletedTask : _reviews!.RunAsync(keep: false));
    });

    private void ChooseMonth(ChangeEventArgs change) =>
        Replace(_address with { Month = change.Value?.ToString() is { Length: > 0 } month ? month : null });

    private void ChooseDepartment(ChangeEventArgs change) =>
        Replace(_address with { Department = change.Value?.ToString() is { Length: > 0 } id ? id : null });

    private void Replace(DepartmentAddress address) => navigation.NavigateTo(address.ToString(), replace: true);

    /// <summary>Back closes a panel that was opened here; a shared address has nothing to go back to.</summary>
    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            Replace(_address.WithPanel(null, null));
        }
    }

    private IEnumerable<string> Months(string shown) =>
        time.LastMonths(MonthsBack).Append(shown).Distinct().OrderDescending();

    private Task ExportAsync()
    {
        var data = _data!.Value!;
        var head = TeamColumn.All.Select(c => c.Name).Prepend("Team");
        var rows = _order.Apply(data.Rows, _address).Append(data.Total)
            .Select(row => TeamColumn.All.Select(c => c.Plain(row.Figures)).Prepend(row.Name));
        return browser.DownloadAsync($"teams-{data.Figures.Month}.csv", Csv.Write([head, .. rows])).AsTask();
    }
}
