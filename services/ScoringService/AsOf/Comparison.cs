using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>
/// Two moments, ticket by ticket. Each ticket's earlier history is also read in the later frame: what that changes is
/// explained by the frame's events, and the rest by the ticket's own, so that every change has its cause.
/// </summary>
internal sealed class Comparison(Moment then, Moment now, DateTimeOffset asOf, IReadOnlyList<RecordedFact> frame)
{
    private readonly List<RecordedFact> later = [.. frame.Where(f => f.RecordedAt > asOf)];

    public Causes Causes { get; } = new();

    public void Take(IReadOnlyList<RecordedWork> events)
    {
        var none = TicketHistory.None(events[0].Event.TicketId);
        var early = events.Where(e => e.Event.RecordedAt <= asOf).Aggregate(none, (h, e) => h.With(e.Event));
        var all = early.Entries.Count == events.Count
            ? early : events.Aggregate(none, (h, e) => h.With(e.Event));
        var (before, between, after) = (then.Ticket(early), now.Ticket(early), now.Ticket(all));
        Count(then, before);
        Count(now, after);
        if (later.Count == 0 && events.All(e => e.Event.RecordedAt <= asOf))
        {
            return;
        }

        var (was, reread, became) = (then.Fold.Of(before), now.Fold.Of(between), now.Fold.Of(after));
        foreach (var (agent, thing) in Causes.Between(was, reread))
        {
            foreach (var cause in later.Where(f => Touches(f.Fact, all)))
            {
                Causes.Add(agent, thing, cause.Sequence, () => Explanation.Of(cause.Fact));
            }
        }

        foreach (var (agent, thing) in Causes.Between(reread, became))
        {
            foreach (var own in events.Where(e => e.Event.RecordedAt > asOf))
            {
                Causes.Add(agent, thing, own.Sequence, () => Explanation.Of(own.Event));
            }
        }
    }

    /// <summary>What is recorded of agents, and the rules that all are graded by.</summary>
    public void TakeFrame()
    {
        foreach (var (sequence, fact) in later)
        {
            foreach (var (agent, thing) in Records(fact))
            {
                Causes.Add(agent, thing, sequence, () => Explanation.Of(fact));
            }
        }

        if (then.Policy == now.Policy && then.Frozen == now.Frozen)
        {
            return;
        }

        // A policy may have been published before and have begun since.
        foreach (var rule in frame.Where(f => f.Fact is PolicyPublished e && e.Version == now.Policy.Version
            || (f.RecordedAt > asOf && f.Fact is PolicyPublished or MonthClosed or MonthReopened or SettingsChanged)))
        {
            Causes.Add(Guid.Empty, Causes.Rules, rule.Sequence, () => Explanation.Of(rule.Fact));
        }
    }

    private static void Count(Moment moment, KnownTicket? ticket)
    {
        if (ticket is not null)
        {
            moment.Fold.Add(ticket);
        }
    }

    /// <summary>Whether an event of the frame can make a ticket count otherwise.</summary>
    private static bool Touches(object fact, TicketHistory ticket) => fact switch
    {
        StatusClassesDefined e => e.Source == ticket.Source,
        SessionHeld e => e.TicketId == ticket.TicketId,
        AgentRecordsMerged or SettingsChanged or PolicyPublished or MonthClosed or MonthReopened => true,
        _ => false
    };

    private IEnumerable<(Guid Agent, string Thing)> Records(object fact) => fact switch
    {
        AttendanceNoted e => Of(e.AgentId, Causes.Attendance),
        RampPlanned e => Of(e.AgentId, Causes.Target),
        WorkDayCounted e when now.Filters.HasDate(e.Date) => Of(e.AgentId, Causes.Log),
        WorkDayEmptied e when now.Filters.HasDate(e.Date) => Of(e.AgentId, Causes.Log),
        SessionHeld e when now.Filters.HasDate(e.Date) => Of(e.AgentId, Causes.Sessions),
        AgentRecordsMerged e => new[] { Causes.Attendance, Causes.Log, Causes.Target, Causes.Sessions }.SelectMany(
            thing => Of(e.Kept, thing).Concat(Of(e.Merged, thing))),
        _ => []
    };

    private IEnumerable<(Guid, string)> Of(Guid agent, string thing) =>
        new[] { agent, then.Frame.Merges.Kept(agent), now.Frame.Merges.Kept(agent) }.Distinct()
            .Select(record => (record, thing));
}
