using System.Text.Json.Serialization;
using Performance.Contracts;

namespace Performance.Scoring.Grades;

/// <summary>A month's grade as it stood when it was written down. Part of stored events.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Letter">The final grade.</param>
/// <param name="PolicyVersion">The score policy's version that it was graded with.</param>
/// <param name="Allocated">How many tickets of that month the agent had: shows whether tickets came into it.</param>
/// <param name="Frozen">Whether the month was closed.</param>
internal sealed record KnownGrade(DateOnly Month, string Letter, int PolicyVersion, long Allocated, bool Frozen);

/// <summary>A grade that the agent is told of.</summary>
/// <param name="From">The letter that the agent last knew.</param>
/// <param name="To">What it is now.</param>
/// <param name="Cause">What moved it.</param>
internal sealed record ToldMove(
    string From,
    KnownGrade To,
    [property: JsonConverter(typeof(JsonStringEnumConverter<GradeCause>))] GradeCause Cause);

/// <summary>Grades were written down without telling the agent (docs/adr/0108): later moves start from them.</summary>
internal sealed record GradesNoted(Guid AgentId, IReadOnlyList<KnownGrade> Grades, DateTimeOffset OccurredAt);

/// <summary>The agent is told that grades moved.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Moves">Which, the latest month first.</param>
/// <param name="Day">The day of the business: an agent is told once a day at most.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record GradesTold(
    Guid AgentId, IReadOnlyList<ToldMove> Moves, DateOnly Day, DateTimeOffset OccurredAt);
