using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Pipeline;

/// <summary>All open tickets of the person's scope, oldest first, live.</summary>
public sealed partial class PipelinePage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    Browser browser, Toasts toasts, BusinessTime time)
    : ComponentBase, IDisposable
{
    private const int PageSize = 50;

    /// <summary>The addresses that typing led to: told late, they must not overwrite what was typed since.</summary>
    private readonly HashSet<string> _typed = [];

    private PipelineAddress _address = new();
    private Load<PageOf<PipelineTicket>>? _list;
    private Load<FilterChoices>? _choices;
    private LiveRefresh? _live;
    private string _search = "";
    private bool _exporting;

    private FilterChoices Choices => _choices?.Value ?? FilterKind.NoChoices;

    private string CountText => _list?.Value is { } list
        ? $"{Numbers.Count(list.Total)} {(_address.IsNarrowed ? "found" : "open")}, oldest first"
        : "";

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _list?.Dispose();
        _choices?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _address = PipelineAddress.Parse(navigation.Uri);
        _search = _address.Search ?? "";
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _list = new Load<PageOf<PipelineTicket>>(
            cancel => api.Supervision.PipelineAsync(
                _address.Filter, _address.Search, _address.Page, PageSize, cancel), Arrived);
        _choices = new Load<FilterChoices>(api.Scoring.ChoicesAsync, StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, () => _list.RunAsync()).On(live, "pipeline");
        _ = _choices.RunAsync();
        await _list.RunAsync();
    }

    private void Arrived()
    {
        if (_list is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != PipelineAddress.Path)
        {
            return;
        }

        _address = PipelineAddress.Parse(e.Location);
        if (!_typed.Remove(_address.ToString()))
        {
            _search = _address.Search ?? "";
        }

        StateHasChanged();
        await _list!.RunAsync();
    });

    private void Narrow(ScorecardFilter filter) => Replace(_address with { Filter = filter, Page = 1 });

    private void ClearAll() => Replace(new PipelineAddress());

    private void Seek()
    {
        var sought = _search.Trim();
        var address = _address with { Search = sought.Length > 0 ? sought : null, Page = 1 };
        _typed.Add(address.ToString());
        Replace(address);
    }

    private void Replace(PipelineAddress address) => navigation.NavigateTo(address.ToString(), replace: true);

    private async Task ExportAsync()
    {
        _exporting = true;
        try
        {
            var tickets = await PipelineCsv.ReadAsync(
                api.Supervision, _address.Filter, _address.Search, CancellationToken.None);
            await browser.DownloadAsync($"pipeline-{time.Today:yyyy-MM-dd}.csv", PipelineCsv.Write(tickets, time));
            if (tickets.Count >= PipelineCsv.Most)
            {
                toasts.Done($"The file has the {Numbers.Count(PipelineCsv.Most)} oldest; narrow for others.");
            }
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            toasts.Failed(Trouble.Of(e));
        }
        finally
        {
            _exporting = false;
        }
    }
}
