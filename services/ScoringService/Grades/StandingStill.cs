namespace Performance.Scoring.Grades;

/// <summary>
/// Remembers since when a grade has differed as it does: grades flicker while tickets come in, and nobody wants to hear
/// of each. Kept in memory: who begins anew waits anew.
/// </summary>
internal sealed class StandingStill(TimeSpan settle)
{
    private Dictionary<(Guid Agent, DateOnly Month), (KnownGrade Grade, DateTimeOffset Since)> seen = [];

    /// <summary>Of the grades that differ now, those that have stood still for long enough.</summary>
    public IReadOnlyList<GradeNow> Of(IReadOnlyList<GradeNow> differing, DateTimeOffset now)
    {
        seen = differing.ToDictionary(d => (d.AgentId, d.Grade.Month), d => (d.Grade, Since(d, now)));
        return [.. differing.Where(d => now - seen[(d.AgentId, d.Grade.Month)].Since >= settle)];
    }

    // More tickets and the same letter is the same grade.
    private DateTimeOffset Since(GradeNow now, DateTimeOffset at) =>
        seen.TryGetValue((now.AgentId, now.Grade.Month), out var before)
        && before.Grade.Letter == now.Grade.Letter && before.Grade.Frozen == now.Grade.Frozen ? before.Since : at;
}
