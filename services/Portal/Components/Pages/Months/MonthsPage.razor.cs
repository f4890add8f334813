using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Months;

/// <summary>Closed months with their adjustments; an admin closes and reopens.</summary>
public sealed partial class MonthsPage : FormBase, IDisposable
{
    private const string Path = "/months";

    private Load<MonthList>? _months;
    private LiveRefresh? _live;
    private PortalUser? _user;
    private string? _month;
    private int _page = 1;
    private long? _atLeast;
    private (string Month, int Grades)? _closing;
    private string? _reopening;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private LiveFeed Live { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool IsAdmin => _user is { IsAdmin: true };

    /// <summary>The address of a month's adjustments.</summary>
    public static string Href(string month, int page = 1) => page > 1 ? $"{Path}?month={month}&page={page}"
        : $"{Path}?month={month}";

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _months?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        Take(Navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        Navigation.LocationChanged += Moved;
        _months = new Load<MonthList>(cancel => Api.Past.MonthsAsync(_atLeast, cancel), StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, () => _months.RunAsync()).On(Live, "scorecard");
        await _months.RunAsync();
    }

    private static string Grades(int count) => count == 1 ? "1 grade" : $"{count} grades";

    private void Take(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        _month = query.TryGetValue("month", out var month) && month.ToString() is { Length: > 0 } text ? text : null;
        _page = query.TryGetValue("page", out var page) && int.TryParse(page, out var number) && number > 0
            ? number : 1;
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        if (new Uri(e.Location).AbsolutePath == Path)
        {
            Take(e.Location);
            StateHasChanged();
        }
    });

    /// <summary>The question says how many grades it is about.</summary>
    private async Task AskAsync(string month)
    {
        await SendAsync(async () =>
        {
            var card = await Api.Scoring.ScorecardAsync(
                new ScorecardFilter { Months = [month] }, null, CancellationToken.None);
            _closing = (month, card.Agents.Count(row => row.Grade is not null));
        });
    }

    private async Task CloseAsync()
    {
        var (month, grades) = _closing!.Value;
        _closing = null;
        if (await SendAsync(async () => _atLeast =
            (await Api.Past.CloseMonthAsync(month, CancellationToken.None)).Position))
        {
            Toasts.Done($"{BusinessTime.Month(month)} is closed with {Grades(grades)}.");
            await _months!.RunAsync();
        }
    }

    private async Task ReopenedAsync(long position)
    {
        Toasts.Done($"{BusinessTime.Month(_reopening!)} is open again.");
        _atLeast = position;
        if (_month == _reopening)
        {
            Navigation.NavigateTo(Path, replace: true);
        }

        _reopening = null;
        await _months!.RunAsync();
    }
}
