namespace Performance.Tickets;

/// <summary>The statuses of tickets that were filed here, and how they may follow one another: forward only.</summary>
internal static class IntakeStatuses
{
    public const string New = "New";
    public const string OnProgress = "On Progress";
    public const string Closed = "Closed";
    public const string Rejected = "Rejected";

    public static readonly IReadOnlyList<string> All = [New, OnProgress, Closed, Rejected];

    /// <summary>
    /// Where a ticket may go from a status by a change of status; re-opening is a command of its own.
    /// </summary>
    public static IReadOnlyList<string> MovesFrom(string status) => status switch
    {
        New => [OnProgress, Closed, Rejected],
        OnProgress => [Closed, Rejected],
        _ => []
    };

    public static bool IsEnd(string status) => status is Closed or Rejected;
}
