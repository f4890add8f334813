using System.Globalization;
using Performance.ServiceDefaults.Commands;

namespace Performance.Scoring.Feeds;

/// <summary>The streams of Scoring's store. A ticket's stream has the ticket's own id.</summary>
internal static class StreamIds
{
    public static Guid Settings { get; } = DeterministicId.Of("scoring", "settings");

    public static Guid Policies { get; } = DeterministicId.Of("scoring", "policies");

    public static Guid Agent(Guid agentId) => DeterministicId.Of("scoring", "agent", agentId.ToString());

    /// <summary>What was written down of an agent's grades.</summary>
    public static Guid Grades(Guid agentId) => DeterministicId.Of("scoring", "grades", agentId.ToString());

    public static Guid Team(string teamId) => DeterministicId.Of("scoring", "team", teamId);

    public static Guid Source(string source) => DeterministicId.Of("scoring", "source", source);

    /// <summary>The supervisors' reviews of a week.</summary>
    public static Guid Week(string week) => DeterministicId.Of("scoring", "week", week);

    /// <summary>Closings and reopenings of a month.</summary>
    public static Guid Month(DateOnly month) => DeterministicId.Of(
        "scoring", "month", month.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    /// <summary>A rep's month by UTC: it only keeps streams short; the business zone decides days.</summary>
    public static Guid RepMonth(Guid repId, DateTimeOffset at) => DeterministicId.Of(
        "scoring", "rep-month", repId.ToString(), at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture));
}
