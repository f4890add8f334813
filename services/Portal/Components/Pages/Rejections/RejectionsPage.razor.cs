using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Performance.Portal.Api;
using Performance.Portal.Components.Pages.Dashboard;
using Performance.Portal.Components.Parts;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Rejections;

/// <summary>Why work comes back: defect categories, and who or when they fall on, live.</summary>
public sealed partial class RejectionsPage(
    GatewayClients api, NavigationManager navigation, LiveFeed live, PageState page, TimeProvider clock,
    Browser browser, BusinessTime time)
    : ComponentBase, IDisposable
{
    /// <summary>Categories that fit beside each other on a desk.</summary>
    private const int Columns = 10;

    private static readonly (string Id, string Name)[] _tabs = [("agent", "By agent"), ("month", "By month")];

    private RejectionsAddress _address = new();
    private Load<RejectionAnalysis>? _analysis;
    private Load<FilterChoices>? _choices;
    private LiveRefresh? _live;
    private PortalUser? _user;
    private long? _atLeast;
    private bool _openedHere;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private FilterChoices Choices => _choices?.Value ?? FilterKind.NoChoices;

    private bool MayEdit => _user is { Supervises: true };

    private string Scope => string.Join(" · ", new[]
    {
        _address.Label ?? "All categories",
        _address.In is { } month ? BusinessTime.Month(month) : null,
        FilterQuery.IsEmpty(_address.Filter) ? "All tickets" : "As filtered"
    }.OfType<string>());

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
        _analysis?.Dispose();
        _choices?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = PortalUser.From((await Authentication).User);
        _address = RejectionsAddress.Parse(navigation.Uri);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        navigation.LocationChanged += Moved;
        _analysis = new Load<RejectionAnalysis>(
            cancel => api.Supervision.RejectionsAsync(_address.Filter, _atLeast, cancel), Arrived);
        _choices = new Load<FilterChoices>(api.Scoring.ChoicesAsync, StateHasChanged);
        _live = new LiveRefresh(InvokeAsync, () => _analysis.RunAsync()).On(live, "rejections");
        _ = _choices.RunAsync();
        await _analysis.RunAsync();
    }

    private void Arrived()
    {
        if (_analysis is { Value: not null, Trouble: null })
        {
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != RejectionsAddress.Path)
        {
            return;
        }

        var before = _address;
        _address = RejectionsAddress.Parse(e.Location);
        _openedHere = _address.Of is not null && (before.Of is null || _openedHere);
        StateHasChanged();
        if (_address.FilterKey != before.FilterKey)
        {
            await _analysis!.RunAsync();
        }
    });

    private void Narrow(ScorecardFilter filter) => Replace(_address with { Filter = filter });

    private void Turn(string tab) => Replace(_address with { ByMonth = tab == "month" });

    private void Replace(RejectionsAddress address) => navigation.NavigateTo(address.ToString(), replace: true);

    /// <summary>Back closes a list that was opened here; a shared address has nothing to go back to.</summary>
    private async Task CloseAsync()
    {
        if (_openedHere)
        {
            await browser.BackAsync();
        }
        else
        {
            Replace(_address.Open(null));
        }
    }

    private async Task ChangedAsync(long position)
    {
        _atLeast = position;
        await _analysis!.RunAsync();
    }

    private IReadOnlyList<MatrixLine> Lines(RejectionAnalysis analysis) =>
        _address.ByMonth ? MatrixLine.ByMonth(analysis) : MatrixLine.ByAgent(analysis);

    private string NameOf(string key) => key == IScoringApi.Everybody
        ? "everybody"
        : _analysis?.Value?.Agents.FirstOrDefault(a => a.Key == key)?.Name
            ?? (key == IScoringApi.Unassigned ? "Unassigned" : "this agent");

    private static string CountText(RejectionAnalysis analysis) =>
        $"{Numbers.Count(analysis.Events)} rejection{(analysis.Events == 1 ? "" : "s")} that count in "
        + $"{analysis.Categories.Count} categor{(analysis.Categories.Count == 1 ? "y" : "ies")}";

    private Task ExportAsync()
    {
        var analysis = _analysis!.Value!;
        var lines = Lines(analysis);
        var head = new[] { "Category", "Events", "Tickets", "Share %", "Risk" }.Concat(lines.Select(l => l.Name));
        var rows = analysis.Categories.Select(c => new[]
        {
            c.Category, Plain(c.Events), Plain(c.Tickets),
            decimal.Round(c.Share, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture),
            c.Risk
        }.Concat(lines.Select(l => Plain(l.Count(c)))));
        return browser.DownloadAsync($"rejections-{time.Today:yyyy-MM-dd}.csv", Csv.Write([head, .. rows])).AsTask();
    }

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);
}
