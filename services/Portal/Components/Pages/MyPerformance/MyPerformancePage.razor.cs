using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.MyPerformance;

/// <summary>The representative's own dashboard: four cards, this week, and what is behind each card; live.</summary>
public sealed partial class MyPerformancePage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, Browser browser,
    TimeProvider clock) : ComponentBase, IDisposable
{
    private const string Path = "/my";

    private Load<MyMonth>? _month;
    private Load<MyWeek>? _week;
    private LiveRefresh? _live;
    private string? _asked;
    private string? _panel;
    private bool _openedHere;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _month?.Dispose();
        _week?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        ReadAddress(navigation.Uri);
        navigation.LocationChanged += Moved;
        _month = new Load<MyMonth>(cancel => api.MyPerformance.MonthAsync(_asked, cancel), Arrived);
        _week = new Load<MyWeek>(cancel => api.MyPerformance.WeekAsync(null, cancel), StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, RefreshAsync).On(live, "my");
        await RefreshAsync();
    }

    private Task RefreshAsync() => Task.WhenAll(_month!.RunAsync(), _week!.RunAsync());

    private void Arrived()
    {
        if (_month is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != Path)
        {
            return;
        }

        var (before, opened) = (_asked, _panel is null);
        ReadAddress(e.Location);
        _openedHere = _panel is not null && (opened || _openedHere);
        StateHasChanged();
        if (before != _asked)
        {
            await _month!.RunAsync();
        }
    });

    private void ReadAddress(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        _asked = query.TryGetValue("month", out var month) ? month.ToString() : null;
        _panel = query.TryGetValue("metric", out var metric) ? metric.ToString() : null;
    }

    private void ChooseMonth(ChangeEventArgs change) =>
        navigation.NavigateTo($"{Path}?month={change.Value}", replace: true);

    private string Href(string month, string metric) =>
        _asked is null ? $"{Path}?metric={metric}" : $"{Path}?month={month}&metric={metric}";

    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            navigation.NavigateTo(_asked is null ? Path : $"{Path}?month={_asked}", replace: true);
        }
    }

    /// <summary>The years that have data, and the chosen month where it has none.</summary>
    private static IEnumerable<MyYear> Years(MyMonth month) => month.Years.Any(y => y.Months.Contains(month.Month))
        ? month.Years
        : month.Years.Prepend(new MyYear(int.Parse(month.Month[..4]), [month.Month]));

    private static string FinancialYear(MyYear year) => $"Financial year {year.Year}";
}
