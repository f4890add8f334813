namespace Performance.Portal;

/// <summary>Waits for a condition of the fake gateway.</summary>
internal static class Waits
{
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
