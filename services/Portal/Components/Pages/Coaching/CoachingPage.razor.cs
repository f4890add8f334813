using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Components.Pages.Coaching;

/// <summary>Sessions of the own teams and who is due for one; for an agent, the own sessions.</summary>
public sealed partial class CoachingPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    Browser browser)
    : ComponentBase, IDisposable
{
    private const int PageSize = 25;
    private const int Most = 500;

    private CoachingAddress _address = new();
    private Load<PageOf<CoachingSession>>? _sessions;
    private Load<CoachingDue>? _due;
    private LiveRefresh? _live;
    private IReadOnlyList<Agent> _agents = [];
    private PortalUser? _user;
    private long? _atLeast;
    private bool _agentsRead;
    private bool _openedHere;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool MayLog => _user is { Supervises: true };

    /// <summary>Whose record can be printed here: the chosen agent's, or one's own.</summary>
    private Guid? RecordOf => _user is { Oversees: true } ? _address.Agent : _user?.AgentId;

    private string CountText => _sessions?.Value is { } sessions
        ? sessions.Total == 1 ? "1 session" : $"{Numbers.Count(sessions.Total)} sessions"
        : "";

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _sessions?.Dispose();
        _due?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        _address = CoachingAddress.Parse(navigation.Uri);
        if (!RendererInfo.IsInteractive || _user is null or { Oversees: false, AgentId: null })
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _sessions = new(cancel => api.Coaching.SessionsAsync(
            _user.Oversees ? _address.Agent : _user.AgentId, null, _address.Page, PageSize, cancel), Arrived);
        _due = _user.Oversees
            ? new(cancel => api.Supervision.CoachingDueAsync(_atLeast, cancel), StateHasChanged)
            : null;
        _live = new LiveRefresh(InvokeAsync, RefreshAsync).On(live, "scorecard", "coaching");
        await Task.WhenAll(RefreshAsync(), LoadAgentsAsync());
    }

    private Task RefreshAsync() => Task.WhenAll(_sessions!.RunAsync(), _due?.RunAsync() ?? Task.CompletedTask);

    private void Arrived()
    {
        if (_sessions is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private async Task LoadAgentsAsync()
    {
        try
        {
            _agents = (await api.Coaching.AgentsAsync(null, null, null, 1, Most, CancellationToken.None)).Items;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or OperationCanceledException)
        {
            // Names are a comfort: without them a session says "an agent".
        }

        _agentsRead = true;
        StateHasChanged();
    }

    private string NameOf(Guid agent) => _agents.FirstOrDefault(a => a.Id == agent)?.Name ?? "an agent";

    private void ChooseAsync(ChangeEventArgs change) => navigation.NavigateTo(
        new CoachingAddress { Agent = Guid.TryParse(change.Value?.ToString(), out var id) ? id : null }.ToString(),
        replace: true);

    private async Task SavedAsync(long position)
    {
        _atLeast = position;
        await CloseAsync();
        await RefreshAsync();
    }

    /// <summary>Back closes a form that was opened here; a shared address has nothing to go back to.</summary>
    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            navigation.NavigateTo((_address with { Log = null }).ToString(), replace: true);
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != CoachingAddress.Path)
        {
            return;
        }

        var before = _address;
        _address = CoachingAddress.Parse(e.Location);
        _openedHere = _address.Log is not null && (before.Log is null || _openedHere);
        StateHasChanged();
        if ((before.Agent, before.Page) != (_address.Agent, _address.Page))
        {
            await _sessions!.RunAsync(keep: before.Agent == _address.Agent);
        }
    });
}
