using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Performance.Testing;

/// <summary>Waits for something to become true, instead of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns once the condition holds; throws after the time-out (30 s unless told).</summary>
    public static Task Async(
        Func<Task<bool>> condition,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string expected = "") =>
        ValueAsync(condition, holds => holds, timeout, expected);

    /// <inheritdoc cref="Async(Func{Task{bool}}, TimeSpan?, string)" />
    public static Task Async(
        Func<bool> condition,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string expected = "") =>
        ValueAsync(() => Task.FromResult(condition()), holds => holds, timeout, expected);

    /// <summary>
    /// The first value that is accepted. An exception while asking counts as "not yet"; the last value or exception
    /// is in the message when time runs out.
    /// </summary>
    public static async Task<T> ValueAsync<T>(
        Func<Task<T>> ask,
        Func<T, bool> accept,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(accept))] string expected = "")
    {
        var limit = timeout ?? Generous;
        var watch = Stopwatch.StartNew();
        var pause = Shortest;
        while (true)
        {
            object? last;
            Exception? failure = null;
            try
            {
                var value = await ask();
                if (accept(value))
                {
                    return value;
                }

                last = value;
            }
            catch (Exception e) when (watch.Elapsed < limit)
            {
                last = e.Message;
                failure = e;
            }

            if (watch.Elapsed >= limit)
            {
                throw new TimeoutException(
                    $"Not so after {limit.TotalSeconds:0.#} s: {expected}. Last seen: {last}", failure);
            }

            await Task.Delay(pause);
            pause = pause * 1.5 < Longest ? pause * 1.5 : Longest;
        }
    }
}
