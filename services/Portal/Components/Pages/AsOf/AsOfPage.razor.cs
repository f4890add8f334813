using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.AsOf;

/// <summary>What is shown: a row an agent, and the policies of then and now.</summary>
public sealed record Past(IReadOnlyList<PastRow> Rows, Differences Differences);

/// <summary>The scorecard as known at an earlier instant, beside today's.</summary>
public sealed partial class AsOfPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, BusinessTime time, Browser browser, PageState page)
    : ComponentBase, IDisposable
{
    private const int MostAgents = 500;
    private const int MostEvents = 20;
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    private AsOfAddress _address = new();
    private Load<Past>? _past;
    private Load<FilterChoices>? _choices;
    private LiveRefresh? _live;
    private string? _typed;
    private string? _error;
    private bool _onlyDiffering;
    private bool _openedHere;
    private bool _stopped;

    private BusinessTime Time => time;

    private FilterChoices Choices => _choices?.Value ?? FilterKind.NoChoices;

    /// <summary>Whose number is open at the side.</summary>
    private PastRow? Open => _address.Number is null ? null
        : _past?.Value?.Rows.FirstOrDefault(row => row.Key == _address.Of);

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _past?.Dispose();
        _choices?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Take(AsOfAddress.Parse(navigation.Uri));
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _past = new Load<Past>(ReadAsync, StateHasChanged);
        _choices = new Load<FilterChoices>(api.Scoring.ChoicesAsync, StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, RefreshAsync).On(live, "scorecard");
        _ = _choices.RunAsync();
        await AskAsync();
    }

    private static string Text(DateTime local) => local.ToString(Form, CultureInfo.InvariantCulture);

    private static string Sum(Past past)
    {
        var (differ, of) = (past.Rows.Count(row => row.Differs), past.Rows.Count);
        var policies = past.Differences.PolicyVersionThen == past.Differences.PolicyVersionNow ? ""
            : $", policy version {past.Differences.PolicyVersionThen} then, {past.Differences.PolicyVersionNow} now";
        return $"{differ} of {of} {(of == 1 ? "row differs" : "rows differ")}{policies}";
    }

    private async Task<Past> ReadAsync(CancellationToken cancel)
    {
        var now = api.Scoring.ScorecardAsync(_address.Filter, null, cancel);
        var differences = await api.Past.DifferencesAsync(
            _address.AsOfText!, _address.Filter, MostEvents, 1, MostAgents, cancel);
        return new Past(PastRow.Of(await now, differences), differences);
    }

    /// <summary>
    /// Today's side follows what happens; why it differs costs the service a reading of all events, and is asked for
    /// with the page, or by hand.
    /// </summary>
    private async Task RefreshAsync()
    {
        if (_past?.Value is not { } shown || _past.IsBusy)
        {
            return;
        }

        try
        {
            var now = await api.Scoring.ScorecardAsync(_address.Filter, null, CancellationToken.None);
            if (ReferenceEquals(_past.Value, shown))
            {
                _past.Set(shown with { Rows = PastRow.Follow(shown.Rows, now) });
                page.Updated(time.Now);
                StateHasChanged();
            }
        }
        catch (Exception e) when (Trouble.Of(e).Passes)
        {
            // What is shown stays until the next notice.
        }
    }

    private Task AskAsync()
    {
        _stopped = false;
        return _address.AsOf is null ? Task.CompletedTask : _past!.RunAsync(keep: false);
    }

    private void Stop()
    {
        _past!.Stop();
        _stopped = true;
    }

    private void Take(AsOfAddress address)
    {
        _address = address;
        _typed = address.AsOf is { } instant ? Text(time.Clock(instant)) : _typed;
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != AsOfAddress.Path)
        {
            return;
        }

        var before = _address;
        Take(AsOfAddress.Parse(e.Location));
        _openedHere = _address.Number is not null && (before.Number is null || _openedHere);
        StateHasChanged();
        if (_address.AskedKey != before.AskedKey)
        {
            await AskAsync();
        }
    });

    private void Choose()
    {
        _error = null;
        if (!DateTime.TryParse(_typed, CultureInfo.InvariantCulture, out var local))
        {
            _error = "Choose a day and a time.";
        }
        else if (time.At(local) > time.Now)
        {
            _error = "That is still to come: choose an instant in the past.";
        }
        else
        {
            Show(time.At(local));
        }
    }

    private void Go(DateOnly day) => Show(time.At(day.ToDateTime(TimeOnly.MinValue)));

    private void Show(DateTimeOffset instant)
    {
        _error = null;
        navigation.NavigateTo((_address.Open(null, null) with { AsOf = instant }).ToString());
    }

    private void Narrow(ScorecardFilter filter) => navigation.NavigateTo(
        (_address.Open(null, null) with { Filter = filter }).ToString(), replace: true);

    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            navigation.NavigateTo(_address.Open(null, null).ToString(), replace: true);
        }
    }
}
