namespace Performance.Gateway;

/// <summary>Section <c>Tokens</c>: how long tokens, sessions and signing keys last.</summary>
internal sealed record TokenSettings
{
    /// <summary>An access token; also how long a disabled user's last token works.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session that nobody uses.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session, however busy.</summary>
    public TimeSpan SessionLongest { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a signing key signs.</summary>
    public TimeSpan RotateAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a key is published before it signs, so that whoever caches the set has it by then.</summary>
    public TimeSpan Announce { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a key is published after its successor took over: longer than a token and its skew.</summary>
    public TimeSpan Retire { get; init; } = TimeSpan.FromHours(1);
}
