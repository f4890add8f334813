using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Disputes;

/// <summary>The queue of disputes for those who decide, the own ones for an agent; live.</summary>
public sealed partial class DisputesPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, InboxState inbox, PageState pageState,
    TimeProvider clock) : ComponentBase, IDisposable
{
    private const string Path = "/disputes";
    private const int Size = 25;

    private static readonly (string Id, string Name)[] _tabs = [("open", "Waiting"), ("decided", "Decided")];

    private Load<PageOf<Dispute>>? _list;
    private LiveRefresh? _live;
    private PortalUser? _user;
    private string _state = "open";
    private int _page = 1;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool IsOwn => _user is { Oversees: false };

    private string CountText => _list?.Value is { } list
        ? $"{Numbers.Count(list.Total)} {(_state == "open" ? "waiting, oldest first" : "decided, latest first")}"
        : "";

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        inbox.Changed -= Heard;
        _live?.Dispose();
        _list?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        ReadAddress(navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _list = new Load<PageOf<Dispute>>(
            cancel => api.Overrides.DisputesAsync(_state, _page, Size, cancel), Arrived);
        await _list.RunAsync();

        // A new dispute and its end are told to inboxes; an excuse that ends one is told to scorecards.
        inbox.Changed += Heard;
        _live = new LiveRefresh(InvokeAsync, () => _list.RunAsync()).On(live, "scorecard");
    }

    private void Arrived()
    {
        if (_list is { Value: { } list, Trouble: null })
        {
            pageState.Updated(clock.GetUtcNow());
            if (list.Items.Count == 0 && list.Total > 0)
            {
                // The last one of the last page was decided.
                navigation.NavigateTo(Href((list.Total + Size - 1) / Size), replace: true);
            }
        }

        StateHasChanged();
    }

    private void Heard() => _ = InvokeAsync(() => _list!.RunAsync());

    private Task DecidedAsync() => _list!.RunAsync();

    private void Select(string state) => navigation.NavigateTo($"{Path}?state={state}", replace: true);

    private string Href(int page) => $"{Path}?state={_state}&page={page}";

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath == Path)
        {
            ReadAddress(e.Location);
            await _list!.RunAsync(keep: false);
        }
    });

    private void ReadAddress(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        _state = query.TryGetValue("state", out var state) && state == "decided" ? "decided" : "open";
        _page = query.TryGetValue("page", out var page) && int.TryParse(page, out var number) ? Math.Max(1, number) : 1;
    }
}
