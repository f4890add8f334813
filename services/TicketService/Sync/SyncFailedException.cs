namespace Performance.Tickets.Sync;

/// <summary>The sync cannot go on; the message tells a person why, and what to do.</summary>
internal sealed class SyncFailedException(string words) : Exception(words);

/// <summary>ClickUp, or what is before it, gave no usable answer this time; asking again may help.</summary>
internal sealed class BrokenAnswerException(string words) : Exception(words);

/// <summary>ClickUp refuses this request, and would again.</summary>
internal sealed class RefusedRequestException(int status, string words) : Exception(words)
{
    public int Status { get; } = status;
}

/// <summary>Too many requests.</summary>
/// <param name="wait">Until the limit is lifted.</param>
internal sealed class RateLimitedException(TimeSpan wait)
    : Exception("ClickUp asks to wait: too many requests this minute.")
{
    public TimeSpan Wait { get; } = wait;
}
