using System.Text.RegularExpressions;

namespace Performance.Scoring.Tickets;

/// <summary>
/// What the statuses of one source mean (scorecard.md section 1). Names are compared without case and surrounding
/// space; a trailing <c>*</c> is a prefix; an empty list means the default.
/// </summary>
internal sealed partial record StatusClasses(
    IReadOnlyList<string> Terminal, IReadOnlyList<string> Closed, IReadOnlyList<string> Hold)
{
    private static readonly string[] DefaultTerminal = ["Closed", "Complete", "Completed", "Done", "Sent to DMV"];
    private static readonly string[] DefaultClosed = ["Closed", "Complete", "Completed", "Done"];
    private static readonly string[] DefaultHold = ["Hold", "On Hold", "State Rej/Hold", "Element Archive Hold"];

    public static StatusClasses Default { get; } = new([], [], []);

    /// <summary>Closed is a part of terminal, also where a source names it only as closed.</summary>
    public bool IsTerminal(string? status) =>
        Matches(Terminal.Count == 0 ? DefaultTerminal : Terminal, status) || IsClosed(status);

    public bool IsClosed(string? status) => Matches(Closed.Count == 0 ? DefaultClosed : Closed, status);

    public bool IsHold(string? status) => Matches(Hold.Count == 0 ? DefaultHold : Hold, status);

    /// <summary>A word of the name begins with <c>rej</c>.</summary>
    public static bool IsRejection(string? status) => status is not null && WordRej().IsMatch(status);

    private static bool Matches(IReadOnlyList<string> patterns, string? status)
    {
        if (status is null)
        {
            return false;
        }

        var name = status.AsSpan().Trim();
        foreach (var entry in patterns)
        {
            var pattern = entry.AsSpan().Trim();
            var hit = pattern is [.. var prefix, '*']
                ? name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
            if (hit)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}])rej", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WordRej();
}
