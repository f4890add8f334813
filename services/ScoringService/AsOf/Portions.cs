namespace Performance.Scoring.AsOf;

/// <summary>
/// Reads on while all processors work on what was read; what they made is taken by one, in order. No more portions are
/// held than there are processors and one.
/// </summary>
internal static class Portions
{
    public static async Task EachAsync<TRead, TMade>(
        IAsyncEnumerable<TRead> portions, Func<TRead, TMade> make, Action<TMade> take, CancellationToken cancel)
    {
        var making = new Queue<Task<TMade>>();
        await foreach (var portion in portions.WithCancellation(cancel))
        {
            making.Enqueue(Task.Run(() => make(portion), cancel));
            if (making.Count > Environment.ProcessorCount)
            {
                take(await making.Dequeue());
            }
        }

        while (making.TryDequeue(out var made))
        {
            take(await made);
        }
    }
}
