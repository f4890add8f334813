namespace Performance.Portal.Show;

/// <summary>
/// Something that a page shows: loading, there, or in trouble. What was there stays on the screen while it is loaded
/// again, and while the service is away it is tried again, ever more rarely, until it answers.
/// </summary>
/// <param name="fetch">Gets it.</param>
/// <param name="changed">Repaints.</param>
public sealed class Load<T>(Func<CancellationToken, Task<T>> fetch, Action changed) : IDisposable
    where T : class
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private CancellationTokenSource _run = new();
    private bool _disposed;

    public T? Value { get; private set; }

    public Trouble? Trouble { get; private set; }

    /// <summary>The first load is under way: skeletons.</summary>
    public bool IsFirst => Value is null && Trouble is null;

    public bool IsBusy { get; private set; }

    /// <summary>What is shown is the last that was known.</summary>
    public bool IsStale => Value is not null && Trouble is { Passes: true };

    /// <summary>Loads; a load under way is given up, its answer would be old.</summary>
    /// <param name="keep">False: another thing is asked for, so that the old one must not stay.</param>
    public async Task RunAsync(bool keep = true)
    {
        if (_disposed)
        {
            return;
        }

        await _run.CancelAsync();
        _run = new CancellationTokenSource();
        var cancel = _run.Token;
        if (!keep)
        {
            (Value, Trouble) = (null, null);
        }

        IsBusy = true;
        var wait = TimeSpan.FromSeconds(0.5);
        while (!await TryAsync(cancel) && !cancel.IsCancellationRequested)
        {
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            await Task.Delay(wait, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
                | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Shows a value that is known already.</summary>
    public void Set(T value) => (Value, Trouble) = (value, null);

    /// <summary>Gives up a load under way; whoever answers is told to stop.</summary>
    public void Stop()
    {
        _run.Cancel();
        IsBusy = false;
    }

    public void Dispose()
    {
        _disposed = true;
        _run.Cancel();
        _run.Dispose();
    }

    /// <summary>True where there is nothing to try again.</summary>
    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            var value = await fetch(cancel);
            if (cancel.IsCancellationRequested)
            {
                return true;
            }

            (Value, Trouble, IsBusy) = (value, null, false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            (Trouble, IsBusy) = (Trouble.Of(e), false);
            if (!Trouble.Passes)
            {
                Value = null;
            }
        }
        catch (Exception)
        {
            // Given up for a newer load, or the page is gone.
            return true;
        }

        changed();
        return Trouble is not { Passes: true };
    }
}
