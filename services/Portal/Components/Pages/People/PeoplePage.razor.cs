using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.People;

/// <summary>The directory as this person may see it.</summary>
public sealed record PeopleDirectory(
    IReadOnlyList<Agent> Agents, IReadOnlyList<Team> Teams, IReadOnlyList<Department> Departments)
{
    public string TeamName(string? id) => Teams.FirstOrDefault(t => t.Id == id)?.Name ?? id ?? Numbers.Dash;

    public string DepartmentName(string? id) => Departments.FirstOrDefault(d => d.Id == id)?.Name ?? id ?? Numbers.Dash;
}

/// <summary>Agents, teams and departments, and what supervisors record about an agent.</summary>
public sealed partial class PeoplePage(GatewayClients api, NavigationManager navigation, Browser browser)
    : ComponentBase, IDisposable
{
    private const int Most = 500;

    private static readonly (string Id, string Name)[] _tabs =
        [("agents", "Agents"), ("teams", "Teams"), ("departments", "Departments")];

    private Load<PeopleDirectory>? _people;
    private PortalUser? _user;
    private string _tab = "agents";
    private Guid? _open;
    private bool _openedHere;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private NavigationManager Navigation => navigation;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _people?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        ReadAddress(navigation.Uri);
        if (RendererInfo.IsInteractive)
        {
            navigation.LocationChanged += Moved;
            _people = new Load<PeopleDirectory>(ReadAsync, StateHasChanged);
            await _people.RunAsync();
        }
    }

    private Task RefreshAsync() => _people!.RunAsync();

    private async Task<PeopleDirectory> ReadAsync(CancellationToken cancel)
    {
        var agents = AgentsAsync(cancel);
        var teams = api.Coaching.TeamsAsync(1, Most, cancel);
        var departments = api.Coaching.DepartmentsAsync(1, Most, cancel);
        return new PeopleDirectory(await agents, (await teams).Items, (await departments).Items);
    }

    /// <summary>One's own people, and records that imports made and that have no team yet.</summary>
    private async Task<IReadOnlyList<Agent>> AgentsAsync(CancellationToken cancel)
    {
        var own = await api.Coaching.AgentsAsync(null, null, null, 1, Most, cancel);
        var free = await api.Coaching.AgentsAsync(null, null, true, 1, Most, cancel);
        return [.. own.Items.Concat(free.Items).DistinctBy(a => a.Id).OrderBy(
            a => a.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private void Select(string tab) => navigation.NavigateTo($"/people?tab={tab}", replace: true);

    private string PanelHref(Guid agent) => $"/people?tab={_tab}&agent={agent}";

    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            Select(_tab);
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == "/people")
        {
            var closed = _open is null;
            ReadAddress(e.Location);
            _openedHere = _open is not null && (closed || _openedHere);
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private void ReadAddress(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        _tab = query.TryGetValue("tab", out var tab) && _tabs.Any(t => t.Id == tab) ? tab.ToString() : "agents";
        _open = query.TryGetValue("agent", out var agent) && Guid.TryParse(agent, out var id) ? id : null;
    }
}
