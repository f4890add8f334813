using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;
using Performance.Portal.Live;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Settings;

/// <summary>
/// What an admin sets for all of scoring. Forms stay as they are while somebody types, also when another admin saves.
/// </summary>
public sealed partial class SettingsPage(GatewayClients api, LiveFeed live, PageState page, TimeProvider clock)
    : ComponentBase, IDisposable
{
    private Load<ScoringSettings>? _settings;
    private LiveRefresh? _live;
    private ScoringSettings? _saved;
    private IReadOnlyList<LabelCount> _labels = [];
    private long? _atLeast;

    public void Dispose()
    {
        _live?.Dispose();
        _settings?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            _settings = new Load<ScoringSettings>(ReadAsync, Arrived);
            _live = new LiveRefresh(InvokeAsync, () => _settings.RunAsync()).On(live, "settings");
            await _settings.RunAsync();
        }
    }

    private async Task<ScoringSettings> ReadAsync(CancellationToken cancel)
    {
        var settings = api.Settings.ReadAsync(_atLeast, cancel);
        var analysis = await api.Supervision.RejectionsAsync(new ScorecardFilter(), null, cancel);
        _labels = [.. analysis.Categories.SelectMany(c => c.Labels).OrderByDescending(l => l.Events)];
        return await settings;
    }

    private void Arrived()
    {
        if (_settings is { Value: { } settings, Trouble: null })
        {
            _saved ??= settings;
            page.Updated(clock.GetUtcNow());
        }

        StateHasChanged();
    }

    private void Take() => _saved = _settings!.Value;

    private async Task SavedAsync(long position)
    {
        _atLeast = position;
        await _settings!.RunAsync();
        Take();
    }
}
