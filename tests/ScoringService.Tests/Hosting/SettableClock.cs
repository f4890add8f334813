namespace Performance.Scoring;

/// <summary>A clock whose calendar stands where a test puts it; time to wait passes as ever.</summary>
internal sealed class SettableClock(DateTimeOffset beginning) : TimeProvider
{
    private long ticks = beginning.UtcTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
}
