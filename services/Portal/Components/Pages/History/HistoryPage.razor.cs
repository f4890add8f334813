using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Components.Parts;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.History;

/// <summary>Grades per agent and month of a year, and who gets worse, live.</summary>
public sealed partial class HistoryPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    Browser browser, BusinessTime time)
    : ComponentBase, IDisposable
{
    private const int PageSize = 100;

    private HistoryAddress _address = new();
    private Load<GradeHistory>? _history;
    private Load<FilterChoices>? _choices;
    private LiveRefresh? _live;
    private string _search = "";
    private int _page = 1;
    private bool _openedHere;

    private FilterChoices Choices => _choices?.Value ?? FilterKind.NoChoices;

    private int ShownYear => _address.Year ?? _history?.Value?.Year ?? time.Today.Year;

    private IEnumerable<int> Years =>
        (_history?.Value?.Years ?? []).Append(time.Today.Year).Append(ShownYear).Distinct().OrderDescending();

    private IReadOnlyList<HistoryAgent> Found =>
    [
        .. (_history?.Value?.Agents ?? []).Where(a => (a.Declining || !_address.Declining)
            && a.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase))
    ];

    private IReadOnlyList<HistoryAgent> PageRows =>
        [.. Found.Skip((Math.Min(_page, 1 + (Found.Count / PageSize)) - 1) * PageSize).Take(PageSize)];

    private string CountText => _history?.Value?.Agents is { } all
        ? $"{all.Count} agent{(all.Count == 1 ? "" : "s")}, {all.Count(a => a.Declining)} declining"
        : "";

    private string? ReceiptNote => FilterQuery.IsEmpty(_address.Filter)
        ? null : "Of all tickets of the month: a grade's receipt knows no filters";

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _history?.Dispose();
        _choices?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _address = HistoryAddress.Parse(navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _history = new Load<GradeHistory>(
            cancel => api.Supervision.HistoryAsync(_address.Year, _address.Filter, cancel), Arrived);
        _choices = new Load<FilterChoices>(api.Scoring.ChoicesAsync, StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, () => _history.RunAsync()).On(live, "scorecard");
        _ = _choices.RunAsync();
        await _history.RunAsync();
    }

    private void Arrived()
    {
        if (_history is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != HistoryAddress.Path)
        {
            return;
        }

        var before = _address;
        _address = HistoryAddress.Parse(e.Location);
        _openedHere = _address.Of is not null && (before.Of is null || _openedHere);
        StateHasChanged();
        if (_address.Asked != before.Asked)
        {
            await _history!.RunAsync();
        }
    });

    private void Narrow(ScorecardFilter filter) => Replace(_address with { Filter = filter });

    private void ChooseYear(ChangeEventArgs change) =>
        Replace(_address with { Year = int.TryParse(change.Value?.ToString(), out var year) ? year : null });

    private void Replace(HistoryAddress address)
    {
        _page = 1;
        navigation.NavigateTo(address.ToString(), replace: true);
    }

    /// <summary>Back closes a receipt that was opened here; a shared address has nothing to go back to.</summary>
    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            Replace(_address.Open(null, null));
        }
    }

    private string NameOf(Guid agent) =>
        _history?.Value?.Agents.FirstOrDefault(a => a.AgentId == agent)?.Name ?? "this agent";

    private Task ExportAsync()
    {
        var months = Enumerable.Range(1, 12).Select(m => $"{ShownYear}-{m:00}").ToList();
        var head = new[] { "Agent", "Declining since" }.Concat(months);
        var rows = Found.Select(a => new[] { a.Name, a.DecliningSince ?? "" }.Concat(
            months.Select(month => a.Months.FirstOrDefault(m => m.Month == month)?.Grade ?? "")));
        return browser.DownloadAsync($"grades-{ShownYear}.csv", Csv.Write([head, .. rows])).AsTask();
    }
}
