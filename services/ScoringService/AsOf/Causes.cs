using Performance.Scoring.Scorecards;

namespace Performance.Scoring.AsOf;

/// <summary>The events behind each counted thing of each agent, and how the numbers of a row come from them.</summary>
internal sealed class Causes
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

    private readonly Dictionary<(Guid Agent, string Thing), SortedDictionary<long, Explanation>> events = [];

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

    /// <summary>The events behind a number, in the order of the store; <see cref="Guid.Empty"/>'s are everybody's
    /// where the thing is <see cref="Rules"/>.</summary>
    public IReadOnlyList<Explanation> Of(Guid agent, string number) =>
    [
        .. MadeFrom.GetValueOrDefault(number, [number])
            .SelectMany(thing => events.GetValueOrDefault((thing == Rules ? Guid.Empty : agent, thing)) ?? [])
            .DistinctBy(e => e.Key).OrderBy(e => e.Key).Select(e => e.Value)
    ];
}
