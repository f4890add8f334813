using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>A ticket then and now, its earlier history in the later frame, and what was recorded since.</summary>
/// <param name="Reread">What counts otherwise in the later frame alone.</param>
/// <param name="Moved">What counts otherwise by the later events.</param>
internal sealed record Compared(
    TicketHistory Now,
    KnownTicket? Before,
    KnownTicket? After,
    IReadOnlyList<(Guid Agent, string Thing)> Reread,
    IReadOnlyList<(Guid Agent, string Thing)> Moved,
    IReadOnlyList<RecordedWork> Since);

/// <summary>
/// Two moments, ticket by ticket. Each ticket's earlier history is also read in the later frame: what that changes is
/// explained by the frame's events, and the rest by the ticket's own, so that every change has its cause.
/// </summary>
internal sealed class Comparison(
    Moment then, Moment now, DateTimeOffset asOf, IReadOnlyList<RecordedFact> frame, int mostEvents)
{
    private readonly List<RecordedFact> later = [.. frame.Where(f => f.RecordedAt > asOf)];
    private readonly bool readsAlike = !frame.Any(
        f => f.RecordedAt > asOf && f.Fact is StatusClassesDefined or SettingsChanged);

    // A ticket with the same facts counts the same in both frames, so that nothing has to be compared.
    private readonly bool countsAlike = then.Policy.Policy.RejectionCredit == now.Policy.Policy.RejectionCredit
        && !frame.Any(f => f.RecordedAt > asOf
            && (f.Fact is StatusClassesDefined or SettingsChanged or AgentRecordsMerged
                || (f.Fact is SessionHeld && now.Filters.Coached)));

    public Causes Causes { get; } = new(mostEvents);

    /// <summary>A ticket of which nothing was recorded since. Keeps nothing: any thread may ask.</summary>
    public Compared Unchanged(TicketHistory history)
    {
        var before = then.Ticket(history);
        var after = readsAlike ? before : now.Ticket(history);
        return new Compared(history, before, after, Reread(before, after), [], []);
    }

    /// <summary>Any ticket, from all its events. Keeps nothing: any thread may ask.</summary>
    public Compared Of(List<StoredWork> stored)
    {
        var events = stored.ConvertAll(e => e.Read());
        var none = TicketHistory.None(stored[0].TicketId);
        var early = events.Where(e => e.Event.RecordedAt <= asOf).Aggregate(none, (h, e) => h.With(e.Event));
        var all = early.Entries.Length == events.Count
            ? early : events.Aggregate(none, (h, e) => h.With(e.Event));
        var before = then.Ticket(early);
        var (between, after) = (readsAlike ? before : now.Ticket(early), now.Ticket(all));
        return new Compared(
            all, before, after, Reread(before, between),
            [.. Causes.Between(now.Fold.Of(between), now.Fold.Of(after))],
            [.. events.Where(e => e.Event.RecordedAt > asOf)]);
    }

    public void Take(Compared ticket)
    {
        Count(then, ticket.Before);
        Count(now, ticket.After);
        var touching = ticket.Reread.Count == 0 ? [] : later.Where(f => Touches(f.Fact, ticket.Now)).ToList();
        foreach (var (agent, thing) in ticket.Reread)
        {
            foreach (var cause in touching)
            {
                Causes.Add(agent, thing, cause.Sequence, () => Explanation.Of(cause.Fact));
            }
        }

        Causes.Add(ticket.Moved, ticket.Since);
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

    private IReadOnlyList<(Guid, string)> Reread(KnownTicket? before, KnownTicket? between) =>
        countsAlike || later.Count == 0 ? [] : [.. Causes.Between(then.Fold.Of(before), now.Fold.Of(between))];

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
