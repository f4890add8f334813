namespace Performance.Tickets.Sync;

/// <summary>
/// Section <c>Sync</c>: how patient the sync is. <c>Timeout</c> for one answer; <c>Pause</c> before the second attempt,
/// doubled from then on; <c>Attempts</c> in all.
/// </summary>
internal sealed record SyncLimits(TimeSpan Timeout, TimeSpan Pause, int Attempts)
{
    public const int PageSize = 100;

    /// <summary>A run reads its pages again until nothing new appears, at most this often.</summary>
    public const int MostPasses = 3;

    public const int MostPages = 10_000;
    public const int LargestAnswer = 64 * 1024 * 1024;

    /// <summary>Clocks differ, and what ClickUp writes down appears in its lists a little later.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A limit is for a minute; a longer wait is a clock that is wrong.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public static SyncLimits From(IConfiguration configuration) => new(
        configuration.GetValue("Sync:Timeout", TimeSpan.FromSeconds(30)),
        configuration.GetValue("Sync:Pause", TimeSpan.FromSeconds(2)),
        configuration.GetValue("Sync:Attempts", 7));
}
