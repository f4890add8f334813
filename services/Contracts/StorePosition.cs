namespace Performance.Contracts;

/// <summary>The event stores that hand out positions.</summary>
public enum EventStoreId
{
    /// <summary>ScoringService's store.</summary>
    Scoring = 0,

    /// <summary>TicketService's store.</summary>
    Tickets = 1,

    /// <summary>CoachingService's store.</summary>
    Coaching = 2,

    /// <summary>NotificationService's store.</summary>
    Notifications = 3
}

/// <summary>
/// What the HTTP API calls a <c>position</c>: one whole number that says which store it belongs to and how far it is
/// in it, so that <c>atLeast=</c> of a scoring query takes the position that any command answered (ADR 0004).
/// Greater means later only among positions of the same store. Clients treat it as opaque.
/// </summary>
/// <param name="Store">The store whose sequence it is.</param>
/// <param name="Sequence">The global sequence number of an event in that store, from 1; 0 is before the first.</param>
public readonly record struct StorePosition(EventStoreId Store, long Sequence)
{
    private const int Stores = 8;

    /// <summary>The number as it stands in JSON and in query strings.</summary>
    public long Value => (Sequence * Stores) + (long)Store;

    /// <summary>Reads a number that <see cref="Value"/> made.</summary>
    /// <returns>False for a negative number or an unknown store.</returns>
    public static bool TryParse(long value, out StorePosition position)
    {
        position = new StorePosition((EventStoreId)(value % Stores), value / Stores);
        return value >= 0 && Enum.IsDefined(position.Store);
    }
}
