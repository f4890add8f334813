using NodaTime;

namespace Performance.Tickets.Sync;

/// <summary>When runs from this address and workspace began.</summary>
/// <param name="LastStart">Any run, whatever became of it.</param>
/// <param name="LastRead">The last that read to its end.</param>
/// <param name="LastFullRead">The last full one that read to its end.</param>
internal sealed record SyncPast(DateTimeOffset? LastStart, DateTimeOffset? LastRead, DateTimeOffset? LastFullRead);

/// <summary>Which run comes next, and when.</summary>
internal static class SyncPlan
{
    // What no update tells of, such as a task moved behind the reader, is found within a day.
    private static readonly TimeSpan BetweenFull = TimeSpan.FromDays(1);

    public static bool IsDue(SyncSettings settings, SyncPast past, DateTimeOffset now) =>
        settings.Enabled && NextAt(settings, past, now) <= now;

    public static DateTimeOffset NextAt(SyncSettings settings, SyncPast past, DateTimeOffset now) =>
        past.LastStart is { } last ? last.AddMinutes(settings.IntervalMinutes) : now;

    /// <summary>All of this year's tasks at first and once a day; else what was updated since the last run.</summary>
    public static (string Kind, DateTimeOffset Since) Next(SyncSettings settings, SyncPast past, DateTimeOffset now) =>
        past is { LastRead: { } read, LastFullRead: { } full } && now - full < BetweenFull
            ? (SyncRun.Changes, read - SyncLimits.Overlap)
            : (SyncRun.Full, StartOfYear(settings.BusinessZone, now));

    private static DateTimeOffset StartOfYear(string zone, DateTimeOffset now)
    {
        var there = DateTimeZoneProviders.Tzdb[zone];
        var year = Instant.FromDateTimeOffset(now).InZone(there).Year;
        // The filter means later than; a task of the first millisecond belongs to the year.
        return there.AtStartOfDay(new LocalDate(year, 1, 1)).ToDateTimeOffset().ToUniversalTime().AddMilliseconds(-1);
    }
}
