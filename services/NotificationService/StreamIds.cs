using Performance.ServiceDefaults.Commands;

namespace Performance.Notifications;

/// <summary>
/// Where each stream is. What a fact causes has ids from the fact's event, so that hearing of it again meets what is
/// there.
/// </summary>
internal static class StreamIds
{
    public static Guid InboxEntry(Guid eventId, Guid agentId) =>
        DeterministicId.Of("inbox", eventId.ToString("D"), agentId.ToString("D"));

    public static Guid Delivery(Guid eventId, Guid agentId, string channel) =>
        DeterministicId.Of("delivery", channel, eventId.ToString("D"), agentId.ToString("D"));

    /// <summary>An agent's inbox as a whole.</summary>
    public static Guid Inbox(Guid agentId) => DeterministicId.Of("inbox-owner", agentId.ToString("D"));

    /// <summary>The inbox that a team's supervisors share, in the place of an agent.</summary>
    public static Guid TeamInbox(string team) => DeterministicId.Of("inbox-team", team);

    public static Guid Preferences(Guid agentId) => DeterministicId.Of("preferences", agentId.ToString("D"));
}
