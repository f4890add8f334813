using System.Threading.RateLimiting;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.AsOf;

/// <summary>Who reads the past, and who waits for it.</summary>
internal sealed class AsOfQueue : IDisposable
{
    private const int AtOnce = 2;
    private const int Waiting = 16;
    private const int OfOneAsker = 4;

    private readonly ConcurrencyLimiter places = new(new() { PermitLimit = AtOnce, QueueLimit = Waiting });

    private readonly PartitionedRateLimiter<string> askers = PartitionedRateLimiter.Create<string, string>(
        asker => RateLimitPartition.GetConcurrencyLimiter(asker, _ => new() { PermitLimit = OfOneAsker }));

    /// <summary>A place, until it is disposed.</summary>
    /// <param name="asker">User name.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="BusyException">The asker has as many open as anybody may, or too many wait.</exception>
    public async Task<IDisposable> EnterAsync(string asker, CancellationToken cancel)
    {
        var own = askers.AttemptAcquire(asker);
        if (!own.IsAcquired)
        {
            own.Dispose();
            throw new BusyException("You ask for too much of the past at once.");
        }

        try
        {
            var place = await places.AcquireAsync(1, cancel);
            return place.IsAcquired ? new Turn(own, place)
                : throw new BusyException("Too many ask for the past at this moment.");
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        places.Dispose();
        askers.Dispose();
    }

    private sealed class Turn(RateLimitLease own, RateLimitLease place) : IDisposable
    {
        public void Dispose()
        {
            place.Dispose();
            own.Dispose();
        }
    }
}
