using Performance.Scoring.Agents;
using Performance.Scoring.Feeds;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring;

/// <summary>
/// A random store: tickets whose steps became known at other times than they happened, and between them settings,
/// status classes, policies, merges, attendance, logs, ramp plans and sessions. A seed makes the same again.
/// </summary>
internal sealed class Chronicle
{
    private static readonly string[] Sources = ["source-0", "source-1", "source-2"];
    private readonly Random random;

    public Chronicle(int seed, int tickets)
    {
        random = new Random(seed);
        var rest = Enumerable.Range(0, tickets).Select(i => Learned(Stories.Of((seed * 10_000) + i, Sources[i % 3])))
            .ToList();
        while (rest.Count > 0)
        {
            var ticket = rest[random.Next(rest.Count)];
            Events.Add((ticket.Peek().TicketId, ticket.Dequeue()));
            rest.RemoveAll(q => q.Count == 0);
            if (random.Next(6) == 0)
            {
                Events.Add(Other());
            }
        }
    }

    /// <summary>In the order of the store.</summary>
    public List<(Guid Stream, object Event)> Events { get; } = [];

    /// <summary>An instant at which something or other is known.</summary>
    public DateTimeOffset Instant() => Story.Beginning.AddMinutes(random.Next(700_000));

    public async Task HappenAsync(ScoringHost host)
    {
        foreach (var portion in Events.Chunk(100))
        {
            await host.HappenedAsync(portion);
        }
    }

    /// <summary>A ticket's steps become known in their order, some long after they happened.</summary>
    private Queue<WorkEvent> Learned(Story story)
    {
        var known = story.CreatedAt.AddMinutes(random.Next(200_000));
        return new Queue<WorkEvent>(story.Events.Select(e =>
        {
            known = known.AddMinutes(random.Next(20_000)).AddTicks(random.Next(10));
            return e with { RecordedAt = known };
        }).ToList());
    }

    private (Guid, object) Other()
    {
        var (at, agent) = (Instant(), Stories.Agents[random.Next(5)]);
        var day = new DateOnly(2024, 1 + random.Next(12), 1 + random.Next(28));
        var source = Sources[random.Next(3)];
        return random.Next(9) switch
        {
            0 => (StreamIds.Settings, new SettingsChanged(ScoringSettings.Default with
            {
                BusinessZone = random.Next(2) == 0 ? "Asia/Kolkata" : "America/Los_Angeles"
            }, "admin", at)),
            1 => (StreamIds.Source(source), new StatusClassesDefined(
                source, random.Next(2) == 0 ? [] : ["Resolved", "Clo*"], [], ["On Hold"], at, at)),
            2 => (StreamIds.Policies, new PolicyPublished(
                2 + Events.Count, day.AddYears(random.Next(-1, 1)), ScorePolicy.Default with
                {
                    GradeUpTo = [new(random.Next(60), "A")],
                    RejectionCredit = random.Next(2) == 0 ? RejectionCredit.Current : RejectionCredit.AtRejection
                }, "admin", at)),
            3 when random.Next(4) == 0 => (StreamIds.Agent(agent), new AgentRecordsMerged(
                Stories.Agents[0], Stories.Agents[random.Next(1, 5)], at, at)),
            4 => (StreamIds.Agent(agent), new AttendanceNoted(
                agent, new(day.Year, day.Month, 1), random.Next(5) == 0 ? null : random.Next(101), at, at)),
            5 => (StreamIds.Agent(agent), new RampPlanned(agent, random.Next(3) == 0 ? null : day, at, at)),
            6 => (StreamIds.Agent(agent), new SessionHeld(
                Guid.NewGuid(), agent, Some(), day, "sam", at, at)),
            7 => (StreamIds.Agent(agent), new WorkDayEmptied(agent, new(2024, 3, 1 + random.Next(9)), at, at)),
            _ => (StreamIds.Agent(agent), new WorkDayCounted(
                agent, new(2024, 3, 1 + random.Next(9)), random.Next(30), at, at))
        };
    }

    private Guid? Some() => Events[random.Next(Events.Count)].Event is WorkEvent e ? e.TicketId : null;
}
