using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Overrides;

/// <summary>Who excused what and why, and how often; live.</summary>
public sealed partial class OverridesPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState pageState, TimeProvider clock,
    BusinessTime time, Browser browser, Toasts toasts) : ComponentBase, IDisposable
{
    private const string Path = "/overrides";
    private const int Size = 50;
    private const int LongestExport = 500;

    private Load<ExcuseRates>? _rates;
    private Load<PageOf<OverrideLine>>? _trail;
    private LiveRefresh? _live;
    private string _month = "";
    private string? _by;
    private int _page = 1;

    private IEnumerable<string> Months =>
        time.LastMonths(24) is var months && months.Contains(_month) ? months : months.Append(_month);

    private string RatesText => _rates?.Value is { Rejections: > 0 } rates
        ? $"{Numbers.Count(rates.Excused)} of {Numbers.Count(rates.Rejections)} rejections excused, "
            + Numbers.Percent(rates.Rate)
        : "";

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _rates?.Dispose();
        _trail?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        ReadAddress(navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _rates = new Load<ExcuseRates>(cancel => api.Overrides.RatesAsync(_month, cancel), Arrived);
        _trail = new Load<PageOf<OverrideLine>>(
            cancel => api.Overrides.TrailAsync(_by, _page, Size, cancel), Arrived);
        _live = new LiveRefresh(InvokeAsync, RefreshAsync).On(live, "scorecard");
        await RefreshAsync();
    }

    private Task RefreshAsync() => Task.WhenAll(_rates!.RunAsync(), _trail!.RunAsync());

    private void Arrived()
    {
        if (_rates is { Value: not null, Trouble: null } && _trail is { Value: not null, Trouble: null })
        {
            pageState.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void ChooseMonth(ChangeEventArgs change) =>
        navigation.NavigateTo(Href(change.Value?.ToString() ?? _month, _by, _page), replace: true);

    private void Everybody() => navigation.NavigateTo(Href(_month, null), replace: true);

    private static string Href(string month, string? by, int page = 1) =>
        $"{Path}?month={month}{(by is null ? "" : $"&by={Uri.EscapeDataString(by)}")}"
        + (page > 1 ? $"&page={page}" : "");

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != Path)
        {
            return;
        }

        var (month, trail) = (_month, (_by, _page));
        ReadAddress(e.Location);
        StateHasChanged();
        await Task.WhenAll(
            month == _month ? Task.CompletedTask : _rates!.RunAsync(keep: false),
            trail == (_by, _page) ? Task.CompletedTask : _trail!.RunAsync(keep: false));
    });

    private void ReadAddress(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        _month = query.TryGetValue("month", out var month) && DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", out _)
            ? month.ToString()
            : time.ThisMonth;
        _by = query.TryGetValue("by", out var by) && by.ToString() is { Length: > 0 } name ? name : null;
        _page = query.TryGetValue("page", out var page) && int.TryParse(page, out var number) ? Math.Max(1, number) : 1;
    }

    private async Task ExportAsync()
    {
        try
        {
            var lines = await api.Overrides.TrailAsync(_by, 1, LongestExport, CancellationToken.None);
            string[] head = ["When", "What", "Ticket", "Rejection", "Agent", "By", "Reason"];
            var rows = lines.Items.Select(l => new[]
            {
                l.OccurredAt.ToString("O", CultureInfo.InvariantCulture), TrailTable.Words(l.Action), l.TicketId,
                TrailTable.Rejection(l), l.Agent ?? "", l.By, l.Reason
            });
            await browser.DownloadAsync($"overrides-{time.Today:yyyy-MM-dd}.csv", Csv.Write([head, .. rows]));
        }
        catch (Exception e) when (e is Refit.ApiException or HttpRequestException)
        {
            toasts.Failed(Trouble.Of(e));
        }
    }
}
