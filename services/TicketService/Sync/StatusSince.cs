using System.Globalization;
using System.Text.Json;

namespace Performance.Tickets.Sync;

/// <summary>Since when a task has had its status.</summary>
/// <param name="Status">Which: it may have changed since the task was read.</param>
/// <param name="Since">When it got it.</param>
internal sealed record StatusSince(string Status, DateTimeOffset Since)
{
    public const string Property = "current_status";

    /// <summary>Hours until then, for the status given; null for another one, or where it began later.</summary>
    public double? Hours(string status, DateTimeOffset until) =>
        StatusPatterns.Same(Status, status) && Since <= until ? (until - Since).TotalHours : null;

    /// <summary>Understands one answer of <c>time_in_status</c>; what has no instant is left out.</summary>
    public static void Add(Dictionary<string, StatusSince> found, string id, JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(Property, out var current)
            && current.ValueKind == JsonValueKind.Object && current.TryGetProperty("total_time", out var time)
            && long.TryParse(TaskText.Of(time, "since"), NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            && since is > 0 and < 4_133_980_800_000)
        {
            found[id] = new StatusSince(
                TaskText.Of(current, "status"), DateTimeOffset.FromUnixTimeMilliseconds(since));
        }
    }
}
