namespace Performance.Scoring;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private TimeSpan elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => elapsed += time;

    public override long GetTimestamp() => elapsed.Ticks;
}
