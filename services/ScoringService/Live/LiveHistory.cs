using Performance.Contracts;

namespace Performance.Scoring.Live;

/// <summary>
/// The latest notices, for listeners that come back. Knows which positions it can resume from: those since it began to
/// listen, or since the oldest notice it still holds.
/// </summary>
internal sealed class LiveHistory(int capacity = 2_000)
{
    private readonly Queue<Notice> notices = [];

    /// <summary>Everything after this sequence number is held.</summary>
    public long Floor { get; private set; }

    /// <summary>The sequence number of the newest notice, or where listening began.</summary>
    public long Newest { get; private set; }

    /// <summary>Begins anew: what went before is not known.</summary>
    public void Restart(long sequence)
    {
        notices.Clear();
        Floor = Newest = sequence;
    }

    /// <summary>Takes a notice; false if it goes back, which a rebuild does: then nothing before it is known.</summary>
    public bool Add(Notice notice)
    {
        if (notice.Sequence <= Newest)
        {
            Restart(notice.Sequence);
            return false;
        }

        notices.Enqueue(notice);
        Newest = notice.Sequence;
        while (notices.Count > capacity)
        {
            Floor = notices.Dequeue().Sequence;
        }

        return true;
    }

    /// <summary>The notices after what a listener has seen; null if that is not known here.</summary>
    public IReadOnlyList<Notice>? After(string lastEventId) =>
        long.TryParse(lastEventId, out var value) && StorePosition.TryParse(value, out var position)
        && position.Store == EventStoreId.Scoring && position.Sequence >= Floor && position.Sequence <= Newest
            ? [.. notices.Where(n => n.Sequence > position.Sequence)]
            : null;
}
