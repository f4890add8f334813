using JasperFx.Events;
using Marten;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>
/// A feed: the part of a service's event store that other services may read, as facts of Contracts (ADR 0003).
/// </summary>
/// <typeparam name="TFact">The facts.</typeparam>
/// <param name="Name">The feed's name, for example <c>tickets</c>.</param>
/// <param name="EventTypes">The stored events that become facts; others of the store are passed over.</param>
/// <param name="Translate">Turns stored events into facts, in their order; may look names up, never writes.</param>
public sealed record Feed<TFact>(
    string Name,
    IReadOnlyList<Type> EventTypes,
    Func<IReadOnlyList<IEvent>, IQuerySession, CancellationToken, ValueTask<IReadOnlyList<TFact>>> Translate)
    where TFact : Fact
{
    /// <summary>Facts in one page at the most.</summary>
    public const int PageSize = 500;

    /// <summary>Name of the subscription that publishes the feed.</summary>
    public string SubscriptionName => Name + "-feed";
}
