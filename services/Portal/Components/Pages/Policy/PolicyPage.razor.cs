using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Policy;

/// <summary>Versions of the score policy, and the next one. The address keeps the version that is looked at.</summary>
public sealed partial class PolicyPage(
    GatewayClients api, NavigationManager navigation, Browser browser, LiveFeed live, BusinessTime time, PageState page,
    TimeProvider clock)
    : ComponentBase, IDisposable
{
    private Load<PolicyList>? _list;
    private LiveRefresh? _live;
    private PolicyEditor? _editor;
    private int? _open;
    private bool _openedHere;
    private long? _atLeast;

    private BusinessTime Time => time;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _list?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        ReadAddress(navigation.Uri);
        if (RendererInfo.IsInteractive)
        {
            navigation.LocationChanged += Moved;
            _list = new Load<PolicyList>(cancel => api.Policies.ListAsync(_atLeast, cancel), Arrived);
            _live = new LiveRefresh(InvokeAsync, () => _list.RunAsync()).On(live, "policies");
            await _list.RunAsync();
        }
    }

    private void Arrived()
    {
        if (_list is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private async Task StartAsync(PolicyVersion version)
    {
        await _editor!.StartFromAsync(version);
        await browser.FocusAsync("#policy-from");
    }

    private async Task PublishedAsync((int Version, long Position) published)
    {
        _atLeast = published.Position;
        await _list!.RunAsync();
        navigation.NavigateTo($"/policy?version={published.Version}");
    }

    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            navigation.NavigateTo("/policy", replace: true);
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == "/policy")
        {
            var closed = _open is null;
            ReadAddress(e.Location);
            _openedHere = _open is not null && (closed || _openedHere);
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private void ReadAddress(string uri) =>
        _open = QueryHelpers.ParseQuery(new Uri(uri).Query).TryGetValue("version", out var version)
            && int.TryParse(version, out var number) ? number : null;
}
