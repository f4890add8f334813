namespace Performance.Tickets;

/// <summary>How the statuses of one source are to be read; empty lists mean the defaults of scorecard.md.</summary>
/// <param name="Terminal">The work is processed.</param>
/// <param name="Closed">The subset of terminal that counts as closed.</param>
/// <param name="Hold">The work waits.</param>
internal sealed record StatusClasses(StatusPatterns Terminal, StatusPatterns Closed, StatusPatterns Hold)
{
    public static readonly IReadOnlyList<string> DefaultTerminal =
        ["Closed", "Complete", "Completed", "Done", "Sent to DMV"];

    public static readonly IReadOnlyList<string> DefaultClosed = ["Closed", "Complete", "Completed", "Done"];

    public static readonly IReadOnlyList<string> DefaultHold =
        ["Hold", "On Hold", "on-hold", "State Rej/Hold", "Element Archive Hold"];

    public static readonly StatusClasses Default = From([], [], []);

    public static StatusClasses From(
        IReadOnlyList<string> terminal, IReadOnlyList<string> closed, IReadOnlyList<string> hold) => new(
        new StatusPatterns(terminal is [] ? DefaultTerminal : terminal),
        new StatusPatterns(closed is [] ? DefaultClosed : closed),
        new StatusPatterns(hold is [] ? DefaultHold : hold));
}

/// <summary>Rejection statuses: those with a word that begins with <c>rej</c>.</summary>
internal static class RejectionWords
{
    public static bool In(string status)
    {
        for (var at = status.IndexOf("rej", StringComparison.OrdinalIgnoreCase); at >= 0;
             at = status.IndexOf("rej", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetterOrDigit(status[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
