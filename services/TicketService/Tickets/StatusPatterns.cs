namespace Performance.Tickets;

/// <summary>
/// A list of statuses as people write it: compared without case and surrounding space, a trailing <c>*</c> is a prefix.
/// </summary>
internal sealed class StatusPatterns
{
    private readonly HashSet<string> exact;
    private readonly string[] prefixes;

    public StatusPatterns(IEnumerable<string> patterns)
    {
        var trimmed = patterns.Select(p => p.Trim()).ToArray();
        exact = new HashSet<string>(trimmed.Where(p => !p.EndsWith('*')), StringComparer.OrdinalIgnoreCase);
        prefixes = [.. trimmed.Where(p => p.EndsWith('*')).Select(p => p[..^1])];
    }

    /// <summary>Whether the status is one of the list.</summary>
    public bool Match(string status)
    {
        var trimmed = status.AsSpan().Trim();
        if (exact.GetAlternateLookup<ReadOnlySpan<char>>().Contains(trimmed))
        {
            return true;
        }

        foreach (var prefix in prefixes)
        {
            if (trimmed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two spellings are the same status.</summary>
    public static bool Same(string one, string other) =>
        one.AsSpan().Trim().Equals(other.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
}
