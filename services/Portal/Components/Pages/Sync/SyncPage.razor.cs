using Microsoft.AspNetCore.Components;
using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Sync;

/// <summary>The live sync: what it does, what its runs brought, and its settings.</summary>
public sealed partial class SyncPage(GatewayClients api, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan WhileItWorks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closed = new();
    private Load<SyncReport>? _report;
    private Load<SyncSettings>? _settings;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        _report?.Dispose();
        _settings?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _report = new Load<SyncReport>(api.Sync.ReportAsync, StateHasChanged);
        _settings = new Load<SyncSettings>(api.Sync.SettingsAsync, StateHasChanged);
        await Task.WhenAll(_report.RunAsync(), _settings.RunAsync());
        _ = FollowAsync();
    }

    /// <summary>Asks for as long as the page is open; there is no other news of a run than its own report.</summary>
    private async Task FollowAsync()
    {
        var closed = _closed.Token;
        while (!closed.IsCancellationRequested)
        {
            await Task.Delay(_report!.Value is { Works: true } ? WhileItWorks : Otherwise, clock, closed)
                .ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (!closed.IsCancellationRequested && _report.Trouble is null)
            {
                await _report.RunAsync();
            }
        }
    }

    private Task RefreshAsync() => _report!.RunAsync();

    private Task SavedAsync() => Task.WhenAll(_settings!.RunAsync(), _report!.RunAsync());
}
