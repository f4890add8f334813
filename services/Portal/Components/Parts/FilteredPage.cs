using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Parts;

/// <summary>
/// A page with filters: they stand in the address, another address asks anew, live notices ask again, and Back closes
/// what was opened at the side.
/// </summary>
/// <typeparam name="TAddress">What its address says.</typeparam>
/// <typeparam name="TAnswer">What it shows.</typeparam>
public abstract class FilteredPage<TAddress, TAnswer> : ComponentBase, IDisposable
    where TAddress : class, IFilteredAddress<TAddress>, new()
    where TAnswer : class
{
    private Load<FilterChoices>? _choices;
    private LiveRefresh? _live;
    private bool _openedHere;

    [Inject]
    protected GatewayClients Api { get; set; } = default!;

    [Inject]
    protected Browser Browser { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected BusinessTime Time { get; set; } = default!;

    [Inject]
    private LiveFeed Live { get; set; } = default!;

    [Inject]
    private PageState Page { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    protected PortalUser? User { get; private set; }

    protected bool MayEdit => User is { Supervises: true };

    protected TAddress Address { get; private set; } = new();

    /// <summary>Null until the page is interactive.</summary>
    protected Load<TAnswer>? Answer { get; private set; }

    protected FilterChoices Choices => _choices?.Value ?? FilterKind.NoChoices;

    /// <summary>The position of what was changed here: answers must have come that far.</summary>
    protected long? AtLeast { get; private set; }

    /// <summary>The topic of the live stream that tells of changes.</summary>
    protected abstract string Topic { get; }

    /// <summary>Asks for what the address names.</summary>
    protected abstract Task<TAnswer> AskAsync(CancellationToken cancel);

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _live?.Dispose();
        Answer?.Dispose();
        _choices?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync()
    {
        User = PortalUser.From((await Authentication).User);
        Address = TAddress.Parse(Navigation.Uri);
        OnAddress();
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        Navigation.LocationChanged += Moved;
        Answer = new Load<TAnswer>(AskAsync, Arrived);
        _choices = new Load<FilterChoices>(Api.Scoring.ChoicesAsync, StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, AskAgainAsync).On(Live, Topic);
        _ = _choices.RunAsync();
        await Answer.RunAsync();
    }

    /// <summary>The address is another one now.</summary>
    protected virtual void OnAddress()
    {
    }

    /// <summary>An answer has come, and is shown next.</summary>
    protected virtual void OnAnswer(TAnswer answer)
    {
    }

    /// <summary>Something was changed here, at this position.</summary>
    protected Task ChangedAsync(long position)
    {
        AtLeast = position;
        return AskAgainAsync();
    }

    protected Task AskAgainAsync() => Answer!.RunAsync();

    protected void Narrow(ScorecardFilter filter) => Replace(Address.Narrowed(filter));

    protected void Replace(TAddress address) => Navigation.NavigateTo(address.ToString()!, replace: true);

    /// <summary>Back closes what was opened here; a shared address has nothing to go back to.</summary>
    protected async Task ClosePanelAsync()
    {
        if (_openedHere)
        {
            await Browser.BackAsync();
        }
        else
        {
            Replace(Address.WithoutPanel());
        }
    }

    private void Arrived()
    {
        if (Answer?.Value is { } answer)
        {
            OnAnswer(answer);
            if (Answer.Trouble is null)
            {
                Page.Updated(Clock.GetUtcNow());
            }
        }

        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != TAddress.Path)
        {
            return;
        }

        var before = Address;
        Address = TAddress.Parse(e.Location);
        _openedHere = Address.HasPanel && (!before.HasPanel || _openedHere);
        OnAddress();

        // Under way before the page is painted with its new address, as its parts' questions are by that.
        var asked = Address.Asked != before.Asked ? AskAgainAsync() : Task.CompletedTask;
        StateHasChanged();
        await asked;
    });
}
