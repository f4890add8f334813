using JasperFx.Events;
using Performance.Contracts;
using Performance.ServiceDefaults.Feeds;

namespace Performance.Scoring.Grades;

/// <summary>Feed <c>grades</c>: what agents are told about their grades.</summary>
internal static class GradeFeed
{
    public static Feed<GradeFact> Definition { get; } = new(
        "grades", [typeof(GradesTold)],
        (events, _, _) => ValueTask.FromResult<IReadOnlyList<GradeFact>>(
            [.. events.Select(Translate).OfType<GradeFact>()]));

    internal static GradeFact? Translate(IEvent stored) => stored.Data is not GradesTold e ? null
        : new GradesMoved(e.AgentId, [.. e.Moves.Select(m => new MovedGrade(
            m.To.Month, m.From, m.To.Letter, m.Cause, m.To.PolicyVersion))])
        {
            EventId = stored.Id, Sequence = stored.Sequence, OccurredAt = e.OccurredAt, RecordedAt = stored.Timestamp
        };
}
