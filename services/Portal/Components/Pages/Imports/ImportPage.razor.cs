using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Imports;

/// <summary>Files in, with progress; and what became of earlier ones. The address names the import that is
/// shown.</summary>
public sealed partial class ImportPage(GatewayClients api, NavigationManager navigation, TimeProvider clock)
    : ComponentBase, IDisposable
{
    private const int Size = 10;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _closed = new();
    private Load<PageOf<ImportRun>>? _list;
    private Load<ImportRun>? _current;
    private Guid? _id;
    private int _page = 1;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _closed.Cancel();
        _closed.Dispose();
        _list?.Dispose();
        _current?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _list = new Load<PageOf<ImportRun>>(cancel => api.Imports.ListAsync(_page, Size, cancel), StateHasChanged);
        _ = FollowAsync(IdIn(navigation.Uri));
        await _list.RunAsync();
    }

    private void StartedAsync(Guid id) => navigation.NavigateTo($"/import?id={id}", replace: true);

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == "/import")
        {
            _ = InvokeAsync(() => FollowAsync(IdIn(e.Location)));
        }
    }

    /// <summary>Asks until the import has ended. A reload of the page goes on where it was.</summary>
    private async Task FollowAsync(Guid? id)
    {
        if (id == _id)
        {
            return;
        }

        _id = id;
        _current?.Dispose();
        _current = id is { } known
            ? new Load<ImportRun>(cancel => api.Imports.GetAsync(known, cancel), StateHasChanged)
            : null;
        var following = _current;
        while (following is not null && following == _current && !_closed.IsCancellationRequested)
        {
            await following.RunAsync();
            if (following.Value is not { Runs: true })
            {
                break;
            }

            await Task.Delay(Every, clock, _closed.Token).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (!_closed.IsCancellationRequested)
        {
            StateHasChanged();
            await _list!.RunAsync();
        }
    }

    private Task TurnAsync(int page)
    {
        _page = page;
        return _list!.RunAsync();
    }

    private static Guid? IdIn(string uri) =>
        QueryHelpers.ParseQuery(new Uri(uri).Query).TryGetValue("id", out var id) && Guid.TryParse(id, out var known)
            ? known
            : null;
}
