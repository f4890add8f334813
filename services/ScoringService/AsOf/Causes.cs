using Performance.Scoring.Scorecards;

namespace Performance.Scoring.AsOf;

/// <summary>
/// The events behind each counted thing of each agent, and how the numbers of a row come from them. Tickets can have
/// millions of events: of those, a number keeps how many there are and the latest.
/// </summary>
internal sealed class Causes(int mostEvents)
{
    public const string Attendance = "attendance";
    public const string Log = "log";
    public const string Target = "target";
    public const string Sessions = "sessions";
    public const string Rules = "rules";

    private static readonly (string Name, Func<Counts, decimal> Of)[] Counted =
    [
        ("allocated", c => c.Allocated), ("closed", c => c.Closed), ("firstPass", c => c.FirstPass),
        ("failedFirstPass", c => c.FailedFirstPass), ("excused", c => c.Excused), ("onHold", c => c.OnHold),
        ("rejected", c => c.Rejected), ("rejectEvents", c => c.RejectEvents), ("reRejected", c => c.ReRejected),
        ("moved", c => c.Moved), ("cycle", c => c.CycleDays), ("move", c => c.OpenToMoveDays)
    ];

    private static readonly string[] Failed = ["failedFirstPass", "firstPass", "allocated", Rules];
    private static readonly string[] Scored =
        ["firstPass", "allocated", "rejected", "reRejected", Attendance, Log, Target, Rules];

    /// <summary>What a number of the row is made from; the counts are made from themselves.</summary>
    private static readonly Dictionary<string, string[]> MadeFrom = new()
    {
        ["firstPassRate"] = ["firstPass", "allocated"],
        ["failedFirstPassRate"] = Failed,
        ["avgCycleDays"] = ["closed", "cycle"],
        ["avgOpenToMoveDays"] = ["moved", "move"],
        ["rejectRate"] = ["rejected", "allocated"],
        ["reRejectionRate"] = ["reRejected", "allocated"],
        ["dailyAvg"] = [Log],
        ["target"] = [Log, Target, Rules],
        ["coachingSessions"] = [Sessions],
        ["score"] = Scored,
        ["measuredMax"] = Scored,
        ["scoreBand"] = Scored,
        ["baseGrade"] = Failed,
        ["grade"] = [.. Failed, Attendance]
    };

    /// <summary>The numbers that a counted thing is part of.</summary>
    private static readonly ILookup<string, string> PartOf = Counted
        .SelectMany(c => MadeFrom.Where(m => m.Value.Contains(c.Name)).Select(m => m.Key)
            .Concat(MadeFrom.ContainsKey(c.Name) ? [] : [c.Name]), (c, number) => (c.Name, Number: number))
        .ToLookup(p => p.Name, p => p.Number);

    private readonly Dictionary<(Guid Agent, string Thing), SortedDictionary<long, Explanation>> events = [];
    private readonly Dictionary<(Guid Agent, string Number), LatestWork> ofTickets = [];

    /// <summary>Every counted thing of an agent that two counts of one ticket disagree about.</summary>
    public static IEnumerable<(Guid Agent, string Thing)> Between(
        Dictionary<Guid, Counts> before, Dictionary<Guid, Counts> after)
    {
        foreach (var agent in before.Keys.Union(after.Keys))
        {
            var (was, became) = (before.GetValueOrDefault(agent) ?? new(), after.GetValueOrDefault(agent) ?? new());
            foreach (var (name, of) in was == became ? [] : Counted)
            {
                if (of(was) != of(became))
                {
                    yield return (agent, name);
                }
            }
        }
    }

    public void Add(Guid agent, string thing, long sequence, Func<Explanation> explanation)
    {
        if (!events.TryGetValue((agent, thing), out var known))
        {
            events[(agent, thing)] = known = [];
        }

        if (!known.ContainsKey(sequence))
        {
            known.Add(sequence, explanation());
        }
    }

    /// <summary>A ticket's own events, which moved these things: each is behind a number once.</summary>
    public void Add(IEnumerable<(Guid Agent, string Thing)> moved, IReadOnlyList<RecordedWork> own)
    {
        foreach (var number in moved.SelectMany(m => PartOf[m.Thing].Select(number => (m.Agent, number))).Distinct())
        {
            if (!ofTickets.TryGetValue(number, out var known))
            {
                ofTickets[number] = known = new LatestWork(mostEvents);
            }

            known.Add(own);
        }
    }

    /// <summary>How many events are behind a number, and the latest of them first; <see cref="Guid.Empty"/>'s are
    /// everybody's where the thing is <see cref="Rules"/>.</summary>
    public (int Count, IReadOnlyList<Explanation> Latest) Of(Guid agent, string number)
    {
        var others = MadeFrom.GetValueOrDefault(number, [number])
            .SelectMany(thing => events.GetValueOrDefault((thing == Rules ? Guid.Empty : agent, thing)) ?? [])
            .DistinctBy(e => e.Key).ToList();
        var own = ofTickets.GetValueOrDefault((agent, number));
        return (others.Count + (own?.Count ?? 0),
        [
            .. others.Select(e => (Sequence: e.Key, Explanation: e.Value))
                .Concat((own?.Latest ?? []).Select(e => (e.Sequence, Explanation: Explanation.Of(e.Event))))
                .OrderByDescending(e => e.Sequence).Take(mostEvents).Select(e => e.Explanation)
        ]);
    }

    /// <summary>Counts events and keeps the latest.</summary>
    private sealed class LatestWork(int most)
    {
        private readonly PriorityQueue<RecordedWork, long> latest = new();

        public int Count { get; private set; }

        public IEnumerable<RecordedWork> Latest => latest.UnorderedItems.Select(e => e.Element);

        public void Add(IReadOnlyList<RecordedWork> events)
        {
            Count += events.Count;
            foreach (var e in events)
            {
                if (latest.Count < most)
                {
                    latest.Enqueue(e, e.Sequence);
                }
                else if (most > 0)
                {
                    latest.EnqueueDequeue(e, e.Sequence);
                }
            }
        }
    }
}
