using Performance.ServiceDefaults.Commands;

namespace Performance.Tickets.Sync;

/// <summary>The settings of the live sync as they are now.</summary>
/// <param name="Id">Their stream.</param>
/// <param name="BaseAddress">The API, or a relay of it, without a slash at the end.</param>
/// <param name="TeamId">ClickUp's workspace.</param>
/// <param name="Enabled">Whether it runs by itself and listens to the webhook.</param>
/// <param name="IntervalMinutes">Minutes from the start of one run to the next.</param>
/// <param name="BusinessZone">IANA zone in which the year begins.</param>
/// <param name="HasToken">A token is stored.</param>
/// <param name="HasWebhookSecret">A webhook's secret is stored.</param>
/// <param name="By">Who changed them last.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record SyncSettings(
    Guid Id,
    string BaseAddress,
    string TeamId,
    bool Enabled,
    int IntervalMinutes,
    string BusinessZone,
    bool HasToken,
    bool HasWebhookSecret,
    string By,
    DateTimeOffset ChangedAt)
{
    public const string Api = "https://api.clickup.com";
    public const int UsualInterval = 15;
    public const string UsualZone = "America/Los_Angeles";

    public static Guid Stream { get; } = DeterministicId.Of("sync", "settings");

    /// <summary>Applies one stored event.</summary>
    /// <exception cref="InvalidOperationException">The event is not one of these settings.</exception>
    public static SyncSettings Evolve(SyncSettings? settings, Guid id, object data) => data switch
    {
        SyncConfigured e => new SyncSettings(
            id, e.BaseAddress, e.TeamId, e.Enabled, e.IntervalMinutes, e.BusinessZone, e.HasToken, e.HasWebhookSecret,
            e.By, e.OccurredAt),
        _ => throw new InvalidOperationException($"{data.GetType().Name} is no event of the sync's settings.")
    };
}
