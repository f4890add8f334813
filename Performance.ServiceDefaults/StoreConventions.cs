using Marten;

namespace Performance.ServiceDefaults;

/// <summary>What every event store of Performance has in common.</summary>
public static class StoreConventions
{
    /// <summary>
    /// Projections wake on commit instead of polling, and stop loudly at an event that they cannot take: a score that
    /// silently left an event out would be worse than one that is late.
    /// </summary>
    public static void UsePerformanceConventions(this StoreOptions options)
    {
        options.Events.UseListenNotifyForEventAppends = true;
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipUnknownEvents = false;
        options.Projections.Errors.SkipSerializationErrors = false;
    }
}
