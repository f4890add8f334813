namespace Performance.Tickets.Sync;

/// <summary>
/// How the live sync is set from now on; one stream. The token and the webhook's secret are no part of any event: they
/// are kept encrypted beside them (ADR 0099).
/// </summary>
internal sealed record SyncConfigured(
    string BaseAddress,
    string TeamId,
    bool Enabled,
    int IntervalMinutes,
    string BusinessZone,
    bool HasToken,
    bool HasWebhookSecret,
    string By,
    DateTimeOffset OccurredAt);
