using JasperFx.Events;
using Marten.Linq;

namespace Marten.Events;

public interface IEventOperations : JasperFx.Events.IEventOperations;

/// <summary>Reading events.</summary>
public interface IQueryEventStore : JasperFx.Events.IQueryEventStore
{
    /// <summary>The data of all events of a type, to be queried with LINQ.</summary>
    IMartenQueryable<T> QueryRawEventDataOnly<T>() where T : notnull;

    /// <summary>All events with metadata, to be queried with LINQ; archived ones only if asked for.</summary>
    IMartenQueryable<IEvent> QueryAllRawEvents();
}

/// <summary>Appending and reading events.</summary>
public interface IEventStoreOperations : JasperFx.Events.IEventStoreOperations, IEventOperations, IQueryEventStore;

public static class LinqExtensions
{
    /// <summary>In QueryAllRawEvents: events of one of these types.</summary>
    public static bool EventTypesAre(this IEvent e, params Type[] types) => types.Contains(e.Data.GetType());
}
