using Marten;
using Performance.Contracts;

namespace Performance.ServiceDefaults.Feeds;

/// <summary>What a service does with the facts of a feed: it appends events of its own.</summary>
/// <typeparam name="TFact">The facts.</typeparam>
public interface IFeedHandler<TFact>
    where TFact : Fact
{
    /// <summary>
    /// Called with each fact once, in order, within the transaction that moves the consumer's position. Queue work on
    /// the session and return; the caller saves and commits. An exception undoes everything and is tried again.
    /// </summary>
    Task HandleAsync(IReadOnlyList<TFact> facts, IDocumentSession session, CancellationToken cancel);
}
