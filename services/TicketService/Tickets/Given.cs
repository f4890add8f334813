using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>What may be given with a command on a ticket.</summary>
internal static class Given
{
    public const int LongestReason = 2000;
    public const int LongestLabel = 200;

    /// <summary>
    /// When it happened: now, or an instant given that is neither in the future nor before the ticket.
    /// </summary>
    public static DateTimeOffset At(DateTimeOffset? at, Ticket ticket, DateTimeOffset now)
    {
        if (at is not { } given)
        {
            return now;
        }

        if (given > now)
        {
            throw new InvalidFieldException("at", "lies in the future");
        }

        return given < ticket.CreatedAt
            ? throw new InvalidFieldException("at", "lies before the ticket's creation")
            : given.ToUniversalTime();
    }
}
