namespace Performance.Tickets.Sync;

/// <summary>The sync as the API shows it.</summary>
/// <param name="State">NotConfigured, Off, Waiting (for the next run), Reading, or Writing.</param>
/// <param name="Progress">The run that is reading.</param>
/// <param name="LastError">Why the latest run failed, in words; null where it did not.</param>
/// <param name="NextRunAt">When the next run begins by itself.</param>
/// <param name="Webhook">What the webhook brought.</param>
/// <param name="Runs">The last runs, the latest first.</param>
internal sealed record SyncReport(
    string State,
    SyncProgress? Progress,
    string? LastError,
    DateTimeOffset? NextRunAt,
    SyncWebhook Webhook,
    IReadOnlyList<SyncRunReport> Runs)
{
    public const string NotConfigured = "NotConfigured";
    public const string Off = "Off";
    public const string Waiting = "Waiting";
    public const string Reading = "Reading";
    public const string Writing = "Writing";
}

/// <summary>How far the reading is.</summary>
/// <param name="Pass">Which time the pages are read, from 1.</param>
/// <param name="Page">The page that is read now, from 1.</param>
/// <param name="Tasks">Tasks so far.</param>
/// <param name="Note">Why it waits, in words.</param>
internal sealed record SyncProgress(int Pass, int Page, int Tasks, string? Note);

/// <summary>Notices of the webhook.</summary>
/// <param name="Waiting">Tasks to be fetched.</param>
/// <param name="LastAt">When the last notice came.</param>
/// <param name="Error">Why a task could not be fetched.</param>
internal sealed record SyncWebhook(long Waiting, DateTimeOffset? LastAt, string? Error);

/// <summary>One run.</summary>
/// <param name="Status">Reading, Writing, Completed or Failed.</param>
/// <param name="Kind">Full: this year's tasks; Changes: what was updated since the run before.</param>
/// <param name="Tasks">Tasks read; the sum of the five that follow, once it is completed.</param>
/// <param name="Position">Once completed: the position to await in scoring queries.</param>
/// <param name="RefusedTasks">The first of the tasks that did not go in, and why.</param>
internal sealed record SyncRunReport(
    Guid RunId,
    string Kind,
    string Status,
    DateTimeOffset? Since,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string RequestedBy,
    int Tasks,
    int Created,
    int Changed,
    int Unchanged,
    int Refused,
    int Merged,
    int Percent,
    string? Error,
    long? Position,
    IReadOnlyList<RefusedTask> RefusedTasks);

/// <summary>A task that did not go in.</summary>
internal sealed record RefusedTask(string? TaskId, string Column, string Reason);
