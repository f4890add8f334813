namespace Performance.Scoring;

/// <summary>A clock that runs as any other, from another beginning.</summary>
internal sealed class ShiftedClock(DateTimeOffset beginning) : TimeProvider
{
    private readonly long started = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => beginning + System.GetElapsedTime(started);
}
