using Performance.Portal.Api;
using Performance.Portal.Sessions;
using Performance.Portal.Show;
using Refit;

namespace Performance.Portal.Live;

/// <summary>The inbox of the signed-in agent, live; one per circuit, shared by the bell and the page.</summary>
public sealed class InboxState(
    GatewayClients api, GatewayConnection connection, PortalSession session, TimeProvider time) : IDisposable
{
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
            _ = RefreshAsync();
            var stream = new EventStream(
                () => connection.StreamFor(session), time, Heard, _ => { });
            _ = stream.RunAsync(INotificationsApi.Stream, _closed.Token);
        }
    }

    public async Task RefreshAsync()
    {
        try
        {
            (Latest, Trouble) = (await api.Notifications.InboxAsync(1, 100, _closed.Token), null);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or OperationCanceledException)
        {
            Trouble = Trouble.Of(e);
        }

        if (!_closed.IsCancellationRequested)
        {
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

    private void Heard(string? topic) => _ = RefreshAsync();
}
