using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;

namespace Marten.Subscriptions;

/// <summary>Gets pages of events in order, and keeps its position.</summary>
public interface ISubscription
{
    /// <summary>
    /// Processes a page. What is queued in <paramref name="operations"/> is committed with the new position
    /// afterwards; after a crash in between, the page comes again.
    /// </summary>
    Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller,
        IDocumentOperations operations, CancellationToken cancellationToken);
}

/// <summary>Base of subscriptions: name, version, filter and start position are set in its constructor.</summary>
public abstract class SubscriptionBase
    : JasperFxSubscriptionBase<IDocumentOperations, IQuerySession, ISubscription>, ISubscription
{
    public abstract Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller,
        IDocumentOperations operations, CancellationToken cancellationToken);
}
