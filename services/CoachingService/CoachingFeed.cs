using System.Collections.Immutable;
using JasperFx.Events;
using Marten;
using Performance.Coaching.Agents;
using Performance.Coaching.Attendance;
using Performance.Coaching.Goals;
using Performance.Coaching.Reviews;
using Performance.Coaching.Sessions;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Feeds;
using Facts = Performance.Contracts;

namespace Performance.Coaching;

/// <summary>
/// Feed <c>coaching</c>: Coaching's events as facts for other services; names are added on the way out.
/// </summary>
internal static class CoachingFeed
{
    public const string Name = "coaching";

    public static Feed<CoachingFact> Definition { get; } = new(
        Name,
        [
            typeof(AgentRegistered), typeof(AgentProfileChanged), typeof(Agents.AgentsMerged),
            typeof(Agents.TeamChanged), typeof(Attendance.AttendanceRecorded), typeof(Attendance.RampPlanSet),
            typeof(Goals.GoalSet), typeof(Sessions.SessionRecorded), typeof(SessionAcknowledged),
            typeof(ActionItemDone), typeof(ActionItemReopened), typeof(ReviewStepDone), typeof(ReviewStepReopened)
        ],
        TranslateAsync);

    private static async ValueTask<IReadOnlyList<CoachingFact>> TranslateAsync(
        IReadOnlyList<IEvent> events, IQuerySession session, CancellationToken cancel)
    {
        // Only a change of the directory needs the directory.
        var organisation = events.Any(e => e.Data is AgentRegistered or AgentProfileChanged or Agents.TeamChanged)
            ? await Organisation.LoadAsync(session, cancel)
            : null;
        var coached = await CoachedAsync(events, session, cancel);
        return [.. events.SelectMany(e => Translate(e, organisation, coached))];
    }

    /// <summary>Who was coached in the sessions that are answered: the answers do not say it.</summary>
    private static async Task<IReadOnlyDictionary<Guid, Guid>> CoachedAsync(
        IReadOnlyList<IEvent> events, IQuerySession session, CancellationToken cancel)
    {
        var answered = events.Where(e => e.Data is SessionAcknowledged or ActionItemDone or ActionItemReopened)
            .Select(e => e.StreamId).Distinct().ToArray();
        return answered.Length == 0
            ? ImmutableDictionary<Guid, Guid>.Empty
            : (await session.LoadManyAsync<CoachingSession>(cancel, answered)).ToDictionary(s => s.Id, s => s.AgentId);
    }

    public static IEnumerable<CoachingFact> Translate(
        IEvent stored, Organisation? organisation, IReadOnlyDictionary<Guid, Guid> coached)
    {
        var (id, sequence, recordedAt) = (stored.Id, stored.Sequence, stored.Timestamp);
        switch (stored.Data)
        {
            case AgentRegistered e:
                return Agent(organisation!, e.AgentId, id, sequence, e.OccurredAt, recordedAt);
            case AgentProfileChanged e:
                return Agent(organisation!, e.AgentId, id, sequence, e.OccurredAt, recordedAt);
            case Agents.TeamChanged e:
                return Team(organisation!, e, id, sequence, recordedAt);
            case Agents.AgentsMerged e:
                return [new Facts.AgentsMerged(e.Kept, e.Merged, e.By)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            case Attendance.AttendanceRecorded e:
                return [new Facts.AttendanceRecorded(e.AgentId, e.Month, e.Percent, e.By)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            case Attendance.RampPlanSet e:
                return [new Facts.RampPlanSet(e.AgentId, e.HireMonth, e.By)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            case Goals.GoalSet e:
                return [new Facts.GoalSet(e.AgentId, e.TeamId, e.Metric, e.Amount, e.Currency, e.From)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            case Sessions.SessionRecorded e:
                return [new Facts.SessionRecorded(e.SessionId, e.AgentId, e.TicketId, e.Date, e.By)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            case SessionAcknowledged or ActionItemDone or ActionItemReopened
                when coached.TryGetValue(stored.StreamId, out var agent):
                return [new SessionAnswered(stored.StreamId, agent)
                    { EventId = id, Sequence = sequence, OccurredAt = recordedAt, RecordedAt = recordedAt }];
            case ReviewStepDone e:
                return [new ReviewMarked(e.Week)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            case ReviewStepReopened e:
                return [new ReviewMarked(e.Week)
                    { EventId = id, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt }];
            default:
                return [];
        }
    }

    /// <summary>The agent as the directory has it now; nothing if the person's record was erased since.</summary>
    private static IEnumerable<CoachingFact> Agent(
        Organisation organisation, Guid agentId, Guid eventId, long sequence, DateTimeOffset occurredAt,
        DateTimeOffset recordedAt) =>
        organisation.Agents.GetValueOrDefault(agentId) is { } a
            ? [new AgentChanged(
                    a.Id, a.Name, a.Email, a.TeamId, organisation.DepartmentOf(a), a.Country,
                    a.Active && !organisation.Merges.IsMerged(a.Id))
                { EventId = eventId, Sequence = sequence, OccurredAt = occurredAt, RecordedAt = recordedAt }]
            : [];

    /// <summary>The team, and its members, whose department is the team's; each with an id of its own.</summary>
    private static IEnumerable<CoachingFact> Team(
        Organisation organisation, Agents.TeamChanged e, Guid eventId, long sequence, DateTimeOffset recordedAt)
    {
        if (organisation.Teams.GetValueOrDefault(e.TeamId) is not { } team)
        {
            return [];
        }

        var fact = new Facts.TeamChanged(team.Id, team.Name, team.DepartmentId)
            { EventId = eventId, Sequence = sequence, OccurredAt = e.OccurredAt, RecordedAt = recordedAt };
        var members = organisation.Agents.Values.Where(a => a.TeamId == team.Id).OrderBy(a => a.Id);
        return [fact, .. members.SelectMany(a => Agent(
            organisation, a.Id, DeterministicId.Of(eventId.ToString(), a.Id.ToString()), sequence, e.OccurredAt,
            recordedAt))];
    }
}
