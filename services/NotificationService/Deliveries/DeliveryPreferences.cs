namespace Performance.Notifications.Deliveries;

/// <summary>An agent changed how messages that are not urgent reach them.</summary>
/// <param name="AgentId">Whose preferences.</param>
/// <param name="Email">E-mails at all.</param>
/// <param name="QuietFrom">Local time from which none are sent, or null.</param>
/// <param name="QuietTo">Local time until which none are sent, or null.</param>
/// <param name="TimeZone">IANA name of the agent's time zone, or null for the usual one.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record PreferencesChanged(
    Guid AgentId, bool Email, TimeOnly? QuietFrom, TimeOnly? QuietTo, string? TimeZone, DateTimeOffset OccurredAt);

/// <summary>How messages that are not urgent reach an agent.</summary>
internal sealed partial record DeliveryPreferences
{
    /// <summary>Where nothing else is said (the business zone's default).</summary>
    public const string UsualZone = "America/Los_Angeles";

    public static readonly DeliveryPreferences Usual = new();

    public Guid Id { get; init; }

    public bool Email { get; init; } = true;

    public TimeOnly? QuietFrom { get; init; }

    public TimeOnly? QuietTo { get; init; }

    public string? TimeZone { get; init; }

    public static DeliveryPreferences Create(PreferencesChanged changed) => Usual.Apply(changed);

    public DeliveryPreferences Apply(PreferencesChanged changed) => this with
    {
        Email = changed.Email,
        QuietFrom = changed.QuietFrom,
        QuietTo = changed.QuietTo,
        TimeZone = changed.TimeZone
    };

    /// <summary>The end of the quiet hours that an instant falls into; null: it falls into none.</summary>
    public DateTimeOffset? QuietUntil(DateTimeOffset now)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to || from == to)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone ?? UsualZone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (!time.IsBetween(from, to))
        {
            return null;
        }

        var end = DateOnly.FromDateTime(local).ToDateTime(to);
        if (end <= local)
        {
            end = end.AddDays(1);
        }

        // An hour that the clocks leave out in spring: the hour after it.
        if (zone.IsInvalidTime(end))
        {
            end = end.AddHours(1);
        }

        var until = new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
        return until > now ? until : now.AddHours(1).ToUniversalTime();
    }
}
