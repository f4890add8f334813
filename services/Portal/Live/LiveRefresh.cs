namespace Performance.Portal.Live;

/// <summary>
/// Refreshes a page on live notices: one at a time, and once more if something was heard meanwhile, so that a burst of
/// notices costs two queries and the last state always shows.
/// </summary>
/// <param name="invoke">Puts work onto the page's dispatcher.</param>
/// <param name="refresh">Asks again and repaints.</param>
public sealed class LiveRefresh(Func<Func<Task>, Task> invoke, Func<Task> refresh) : IDisposable
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(150);

    private readonly List<IDisposable> _listening = [];
    private bool _runs;
    private bool _again;
    private bool _disposed;

    public LiveRefresh On(LiveFeed feed, params string[] topics)
    {
        _listening.AddRange(topics.Select(topic => feed.Listen(topic, () => _ = invoke(HeardAsync))));
        return this;
    }

    public void Dispose()
    {
        _disposed = true;
        _listening.ForEach(listening => listening.Dispose());
    }

    private async Task HeardAsync()
    {
        if (_runs)
        {
            _again = true;
            return;
        }

        _runs = true;
        try
        {
            do
            {
                _again = false;
                if (!_disposed)
                {
                    await refresh();
                    await Task.Delay(Gap);
                }
            }
            while (_again && !_disposed);
        }
        finally
        {
            _runs = false;
        }
    }
}
