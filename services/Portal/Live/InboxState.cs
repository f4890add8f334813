using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Live;

/// <summary>The inbox of the signed-in person, asked for every few seconds while a page is open.</summary>
public sealed class InboxState(GatewayClients api, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private bool _started;

    public event Action? Changed;

    public Inbox? Latest { get; private set; }

    public Trouble? Trouble { get; private set; }

    public int Unread => Latest?.Unread ?? 0;

    public void Start()
    {
        if (!_started)
        {
            _started = true;
            _ = RunAsync();
        }
    }

    public async Task RefreshAsync()
    {
        try
        {
            var latest = await api.Notifications.InboxAsync(1, 100, _closed.Token);
            var same = Latest is { } known && Trouble is null && known.Unread == latest.Unread
                && known.Items.SequenceEqual(latest.Items);
            (Latest, Trouble) = (latest, null);
            if (!same)
            {
                Changed?.Invoke();
            }
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or OperationCanceledException)
        {
            Trouble = Trouble.Of(e);
            Changed?.Invoke();
        }
    }

    public async Task MarkReadAsync(InboxEntry entry)
    {
        await api.Notifications.ReadAsync(entry.Id, _closed.Token);
        await RefreshAsync();
    }

    public async Task MarkAllReadAsync()
    {
        await api.Notifications.ReadAllAsync(_closed.Token);
        await RefreshAsync();
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await RefreshAsync();
                await Task.Delay(Every, time, _closed.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }
}
