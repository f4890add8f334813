using Refit;

namespace Performance.Portal.Api;

/// <summary>The live sync with ClickUp; for admins.</summary>
public interface ISyncApi
{
    /// <summary>Where ClickUp posts its notices.</summary>
    const string WebhookPath = "api/tickets/sync/webhook";

    [Get("/api/tickets/sync")]
    Task<SyncReport> ReportAsync(CancellationToken cancel);

    [Get("/api/tickets/sync/settings")]
    Task<SyncSettings> SettingsAsync(CancellationToken cancel);

    [Put("/api/tickets/sync/settings")]
    Task ChangeAsync([Body] SyncChange change, [Header("If-Match")] string version, CancellationToken cancel);

    [Post("/api/tickets/sync/run")]
    Task StartAsync(CancellationToken cancel);
}

public sealed record SyncSettings(
    string BaseAddress, string? TeamId, bool Enabled, int IntervalMinutes, string BusinessZone, bool HasToken,
    bool HasWebhookSecret, string? ChangedBy, DateTimeOffset? ChangedAt, long Version);

/// <summary>What is null stays as it is; so do the token and the secret, which nobody is ever told.</summary>
public sealed record SyncChange(
    string? BaseAddress, string? TeamId, string? Token, string? WebhookSecret, bool? Enabled, int? IntervalMinutes,
    string? BusinessZone);

public sealed record SyncReport(
    string State, SyncProgress? Progress, string? LastError, DateTimeOffset? NextRunAt, SyncWebhook Webhook,
    IReadOnlyList<SyncRun> Runs)
{
    public bool Works => State is "Reading" or "Writing";
}

public sealed record SyncProgress(int Pass, int Page, int Tasks, string? Note);

public sealed record SyncWebhook(long Waiting, DateTimeOffset? LastAt, string? Error);

public sealed record SyncRun(
    Guid RunId, string Kind, string Status, DateTimeOffset? Since, DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt, string RequestedBy, int Tasks, int Created, int Changed, int Unchanged, int Refused,
    int Merged, int Percent, string? Error, IReadOnlyList<RefusedTask> RefusedTasks);

public sealed record RefusedTask(string? TaskId, string Column, string Reason);
