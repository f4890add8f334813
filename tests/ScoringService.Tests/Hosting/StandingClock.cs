namespace Performance.Scoring;

/// <summary>A clock whose calendar stands still, for limits at their very edge; time to wait passes as ever.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
