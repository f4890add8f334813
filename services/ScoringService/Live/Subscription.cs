namespace Performance.Scoring.Live;

/// <summary>What one listener has yet to be told: keys by topic, each no more often than four times a second.</summary>
/// <remarks>
/// The first notice of a key goes out at once; what comes within the next quarter of a second waits and is told once.
/// An id is only given out when all up to it is told, so that resuming from it loses nothing.
/// </remarks>
internal sealed class Subscription(IReadOnlySet<string> topics, TimeProvider clock)
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);
    private readonly Lock gate = new();
    private readonly Dictionary<(string Topic, string Key), long> pending = [];
    private readonly Dictionary<(string Topic, string Key), long> told = [];
    private readonly SemaphoreSlim signal = new(0, 1);
    private IReadOnlySet<string>? only;
    private bool reset;
    private long newest;

    /// <summary>Leaves all other keys aside from now on, and is not woken by them; null: none are.</summary>
    public void Only(IReadOnlySet<string>? keys) => Volatile.Write(ref only, keys);

    public void Offer(Notice notice)
    {
        var concerned = false;
        lock (gate)
        {
            newest = Math.Max(newest, notice.Sequence);
            foreach (var (topic, keys) in notice.Topics)
            {
                foreach (var key in topics.Contains(topic) ? keys : [])
                {
                    if (only is null || key == Changes.All || only.Contains(key))
                    {
                        pending.TryAdd((topic, key), notice.Sequence);
                        concerned = true;
                    }
                }
            }
        }

        // Hundreds of reps listen, each to the own key: a change of one must not wake them all.
        if (concerned)
        {
            Wake();
        }
    }

    /// <summary>The listener must ask for everything again.</summary>
    public void Reset(long sequence)
    {
        lock (gate)
        {
            pending.Clear();
            reset = true;
            newest = sequence;
        }

        Wake();
    }

    /// <summary>Waits for something to tell, or for a key's turn, or for the heart-beat.</summary>
    public async Task WaitAsync(TimeSpan heartbeat, CancellationToken cancel)
    {
        var wait = NextTurn() is { } turn && turn < heartbeat ? turn : heartbeat;
        await signal.WaitAsync(wait, cancel);
    }

    /// <summary>What may be told now.</summary>
    public Telling Take()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var due = pending.Keys.Where(key => Remaining(key, now) <= TimeSpan.Zero).ToList();
            foreach (var key in due)
            {
                pending.Remove(key);
                told[key] = now;
            }

            foreach (var old in told.Keys.Where(key => Remaining(key, now) <= -Spacing).ToList())
            {
                told.Remove(old);
            }

            var wasReset = reset;
            reset = false;
            return new Telling(
                wasReset, [.. due.GroupBy(k => k.Topic).Select(g => (g.Key, g.Select(k => k.Key).ToArray()))],
                pending.Count == 0 ? newest : pending.Values.Min() - 1);
        }
    }

    private TimeSpan? NextTurn()
    {
        lock (gate)
        {
            if (reset)
            {
                return TimeSpan.Zero;
            }

            var now = clock.GetTimestamp();
            return pending.Count == 0 ? null
                : TimeSpan.FromTicks(Math.Max(0, pending.Keys.Min(key => Remaining(key, now).Ticks)));
        }
    }

    private TimeSpan Remaining((string, string) key, long now) =>
        told.TryGetValue(key, out var last) ? Spacing - clock.GetElapsedTime(last, now) : TimeSpan.Zero;

    private void Wake()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been woken already.
        }
    }
}

/// <summary>What to tell a listener.</summary>
/// <param name="Reset">It must ask for everything again.</param>
/// <param name="Topics">Changed keys by topic.</param>
/// <param name="SafeSequence">All up to here has been told once this is.</param>
internal sealed record Telling(
    bool Reset, IReadOnlyList<(string Topic, string[] Keys)> Topics, long SafeSequence);
