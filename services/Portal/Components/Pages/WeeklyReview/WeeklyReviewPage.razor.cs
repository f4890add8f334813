using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Parts;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.WeeklyReview;

/// <summary>The nine steps of the week as a checklist; a department head reads those of the supervisors.</summary>
public sealed partial class WeeklyReviewPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    BusinessTime time)
    : ComponentBase, IDisposable
{
    private const int WeeksBack = 26;

    private WeekAddress _week;
    private Load<ReviewsOfWeek>? _reviews;
    private Load<ReviewFigures>? _figures;
    private LiveRefresh? _live;
    private LiveRefresh? _liveReviews;
    private PortalUser? _user;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private BusinessTime Time => time;

    private WeekAddress Current => WeekAddress.Of(time.Today);

    private bool MayMark => _user is { Supervises: true };

    private int Done => _reviews?.Value?.Mine?.Steps.Count ?? 0;

    private IReadOnlyList<ReviewStep> Steps =>
        ReviewSteps.Of(
        Month, _figures?.Value?.HoldStatuses ?? [], _figures?.Value?.Card.Limits, onlyReads: !MayMark);

    /// <summary>The first step that is not done.</summary>
    private int Next => Steps.FirstOrDefault(
        step => _reviews?.Value?.Mine?.Steps.Any(tick => tick.Step == step.Number) != true)?.Number ?? 0;

    /// <summary>The month under review: in which the week ends, or this one while it has not.</summary>
    private string Month => (_week.Sunday < time.Today ? _week.Sunday : time.Today)
        .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private IEnumerable<WeekAddress> Weeks => Enumerable.Range(0, WeeksBack).Select(back => Current.Plus(-back))
        .Append(_week).Distinct().OrderByDescending(week => week.Monday);

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _liveReviews?.Dispose();
        _reviews?.Dispose();
        _figures?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        _week = Read(navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _reviews = new(cancel => api.Reviews.WeekAsync(_week.ToString(), cancel), StateHasChanged);
        _figures = new(cancel => ReviewFigures.ReadAsync(api, Month, cancel), Arrived);
        _live = new LiveRefresh(InvokeAsync, RefreshAsync).On(live, "scorecard", "pipeline");
        _liveReviews = new LiveRefresh(InvokeAsync, ReloadAsync).On(live, "reviews");
        await RefreshAsync();
    }

    private Task RefreshAsync() => Task.WhenAll(ReloadAsync(), _figures!.RunAsync());

    private Task ReloadAsync() => _reviews!.RunAsync();

    private void Arrived()
    {
        if (_figures is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void ChooseAsync(ChangeEventArgs change)
    {
        if (WeekAddress.Parse(change.Value?.ToString()) is { } week)
        {
            navigation.NavigateTo(week.Href, replace: true);
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != WeekAddress.Path)
        {
            return;
        }

        var (before, month) = (_week, Month);
        _week = Read(e.Location);
        StateHasChanged();
        if (_week != before)
        {
            await Task.WhenAll(
                _reviews!.RunAsync(keep: false), month == Month ? Task.CompletedTask : _figures!.RunAsync(keep: false));
        }
    });

    private WeekAddress Read(string uri) =>
        WeekAddress.Parse(FilterQuery.Of(uri).One("week")) is { } week && week.Monday <= time.Today ? week : Current;
}
