using JasperFx.Events;

namespace Marten.Events.Archiving;

public static class ArchivedEventExtensions
{
    /// <summary>In QueryAllRawEvents: also archived events.</summary>
    public static bool MaybeArchived(this IEvent @event)
        => throw new NotSupportedException("Only for use in LINQ queries of events");
}
