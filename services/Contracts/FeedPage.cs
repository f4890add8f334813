namespace Performance.Contracts;

/// <summary>
/// A stretch of one service's event store, as another service receives it over RabbitMQ. Pages of a feed follow one
/// another without a hole: the next page's <paramref name="After"/> is this one's <paramref name="UpTo"/>, so that a
/// consumer recognises what it has (ends at or before its own position) and what it misses (starts behind it).
/// </summary>
/// <typeparam name="TFact">The facts of this feed, for example <see cref="TicketFact"/>.</typeparam>
/// <param name="Feed">The feed's name, for example <c>tickets</c>.</param>
/// <param name="Epoch">Identity of the store; restoring the store from a backup changes it.</param>
/// <param name="After">Sequence number of the producer's store before the first one covered; exclusive.</param>
/// <param name="UpTo">Last sequence number covered; inclusive. Equal to <paramref name="After"/> in a
/// heart-beat.</param>
/// <param name="Facts">The facts in that stretch in the order of the store; the store holds other events too.</param>
public sealed record FeedPage<TFact>(string Feed, Guid Epoch, long After, long UpTo, IReadOnlyList<TFact> Facts)
    where TFact : Fact;

/// <summary>What every fact of a feed carries.</summary>
public abstract record Fact
{
    /// <summary>Identity of the stored event behind the fact; the same on every delivery.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Sequence number of the event in the producer's store.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened in the business, which for imports is long before it was recorded.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the producer appended it: what "as known then" goes by.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A consumer's request to be sent a feed again, from behind a sequence number up to now.</summary>
/// <param name="Feed">The feed's name.</param>
/// <param name="Consumer">Who asks, for the log.</param>
/// <param name="After">The consumer's position: the first page answers with the sequence behind it.</param>
public sealed record ReplayRequested(string Feed, string Consumer, long After);
