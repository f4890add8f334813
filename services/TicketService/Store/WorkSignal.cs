namespace Performance.Tickets.Store;

/// <summary>Wakes a worker when there is something to do here; else it looks every second.</summary>
internal abstract class WorkSignal
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim work = new(0);

    public void Set() => work.Release();

    public async Task WaitAsync(TimeProvider clock, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(Pause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        try
        {
            await work.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time to look.
        }
    }
}
