using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications.Deliveries;

/// <summary>What becomes of a delivery whose time has come. Pure.</summary>
internal static class DeliveryRules
{
    public const string NoAddress = "The person has no e-mail address.";
    public const string SwitchedOff = "The person has switched e-mail off.";
    public const string Inactive = "The person is no longer active.";
    public const string QuietHours = "The person's quiet hours.";
    public const string NotKnownYet = "The directory does not know the person yet.";

    /// <summary>Waits between attempts: eight attempts within about a day, then a person has to look.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(18)
    ];

    /// <summary>Events if it is not to be sent now; null: send it.</summary>
    public static object? Decide(
        Delivery delivery, DirectoryEntry? recipient, DeliveryPreferences preferences, DateTimeOffset now)
    {
        var binding = !delivery.Urgent && !delivery.Requested;
        return recipient is null ? Failed(delivery, NotKnownYet, now)
            : !recipient.Active ? new DeliverySkipped(delivery.Id, Inactive, now)
            : recipient.Email is null ? new DeliverySkipped(delivery.Id, NoAddress, now)
            : binding && !preferences.Email ? new DeliverySkipped(delivery.Id, SwitchedOff, now)
            : binding && preferences.QuietUntil(now) is { } until
                ? new DeliveryPostponed(delivery.Id, until, QuietHours, now)
            : null;
    }

    public static DeliverySent Sent(Delivery delivery, DateTimeOffset now) =>
        new(delivery.Id, delivery.Attempts + 1, now);

    public static DeliveryAttemptFailed Failed(Delivery delivery, string error, DateTimeOffset now)
    {
        var attempt = delivery.Attempts + 1;
        DateTimeOffset? retryAt = attempt <= Waits.Length ? now + Waits[attempt - 1] : null;
        return new DeliveryAttemptFailed(delivery.Id, attempt, error, retryAt, now);
    }

    /// <summary>A person wants a message that failed or was skipped to be sent.</summary>
    public static IReadOnlyList<object> SendAgain(Delivery? state, string by, DateTimeOffset now) => state?.State switch
    {
        null => throw new NotFoundException("There is no such delivery."),
        DeliveryState.Failed or DeliveryState.Skipped => [new DeliveryRequeued(state.Id, by, now)],
        DeliveryState.Queued => [],
        _ => throw new DomainException("The message was sent.")
    };
}
