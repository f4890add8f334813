namespace Performance.Tickets.Sync;

/// <summary>A run that is reading, as its table holds it: what a crash leaves is taken up there.</summary>
/// <param name="Id">Also of the import that it becomes.</param>
/// <param name="Kind"><see cref="Full"/> or <see cref="Changes"/>.</param>
/// <param name="Since">Tasks created (full) or updated (changes) after this.</param>
/// <param name="BaseAddress">Where it reads.</param>
/// <param name="TeamId">Which workspace.</param>
/// <param name="Pass">Which time it reads the pages, from 1.</param>
/// <param name="Page">The next page, from 0.</param>
/// <param name="Fresh">Tasks that this pass has brought so far.</param>
/// <param name="RequestedBy">Who started it; <c>schedule</c> where nobody did.</param>
/// <param name="StartedAt">When; also the instant by which the tasks are understood.</param>
internal sealed record SyncRun(
    Guid Id, string Kind, DateTimeOffset Since, string BaseAddress, string TeamId, int Pass, int Page, int Fresh,
    string RequestedBy, DateTimeOffset StartedAt)
{
    public const string Full = "Full";
    public const string Changes = "Changes";
    public const string Webhook = "Webhook";

    public const string Reading = "Reading";
    public const string Read = "Read";
    public const string Failed = "Failed";

    /// <summary>The query's filter.</summary>
    public string Filter =>
        $"{(Kind == Full ? "date_created_gt" : "date_updated_gt")}={Since.ToUnixTimeMilliseconds()}";

    /// <summary>The number of the first task of the page among all that the run reads.</summary>
    public int FirstLine => ((((Pass - 1) * SyncLimits.MostPages) + Page) * SyncLimits.PageSize) + 1;

    /// <summary>Whether it reads where the settings say now.</summary>
    public bool IsOf(SyncSettings settings) => (BaseAddress, TeamId) == (settings.BaseAddress, settings.TeamId);

    /// <summary>
    /// Where the run is behind a page; null: at its end. Tasks that change while they are paged move to other pages,
    /// and those behind them move up: so the pages are read again until a pass brings nothing that was not there. One
    /// page alone is read in one piece.
    /// </summary>
    public SyncRun? After(int fresh, bool isLast)
    {
        if (!isLast && Page + 1 < SyncLimits.MostPages)
        {
            return this with { Page = Page + 1, Fresh = Fresh + fresh };
        }

        return Page == 0 || Fresh + fresh == 0 || Pass == SyncLimits.MostPasses
            ? null
            : this with { Pass = Pass + 1, Page = 0, Fresh = 0 };
    }
}
