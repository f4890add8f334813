using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>Adds tickets up to what <see cref="ScorecardQuery"/> counts, one by one and without keeping them.</summary>
internal sealed class TallyFold(Frame frame, Filters filters, ScorePolicy policy, KnownScope agents)
{
    private readonly bool atRejection = policy.RejectionCredit == RejectionCredit.AtRejection;
    private readonly Dictionary<(Guid Agent, TicketFlags Flags), Sums> sums = [];
    private readonly Dictionary<Guid, Counts> credited = [];

    public void Add(KnownTicket ticket)
    {
        if (!ticket.Passes(filters, frame))
        {
            return;
        }

        if (agents.Has(ticket.Facts.AgentId))
        {
            var key = (agents.Kept(ticket.Facts.AgentId), ticket.Facts.Flags);
            sums[key] = (sums.GetValueOrDefault(key) ?? new Sums(0, 0, 0, 0)).With(ticket);
        }

        foreach (var (agent, counts) in atRejection ? Credits(ticket) : [])
        {
            credited[agent] = (credited.GetValueOrDefault(agent) ?? new Counts()) + counts;
        }
    }

    /// <summary>What one ticket adds, by kept agent.</summary>
    public Dictionary<Guid, Counts> Of(KnownTicket? ticket)
    {
        var one = new TallyFold(frame, filters, policy, agents);
        if (ticket is not null)
        {
            one.Add(ticket);
        }

        return one.Counts();
    }

    public Tally Result() => new(Counts(), frame.Records(filters).By(
        frame.Merges, filters, agent => agents.Has(agent), policy));

    private Dictionary<Guid, Counts> Counts() =>
        sums.Select(s => (s.Key.Agent, Counts: ScorecardQuery.Count(
                s.Key.Flags, s.Value.Tickets, s.Value.Rejects, s.Value.CycleUs, s.Value.MoveUs, atRejection)))
            .Concat(credited.Select(c => (Agent: c.Key, Counts: c.Value)))
            .GroupBy(c => c.Agent)
            .ToDictionary(g => g.Key, g => g.Aggregate(new Counts(), (sum, c) => sum + c.Counts));

    /// <summary>Rejections, failures and re-rejections of whoever had the ticket when it was sent back.</summary>
    private IEnumerable<(Guid Agent, Counts Counts)> Credits(KnownTicket ticket) =>
        ticket.Facts.Rejections.Where(r => !r.Excused && agents.Has(r.AgentId)).Select(r =>
        {
            var credits = RejectionRows.Credits(ticket.Facts, r);
            long If(TicketFlags flag) => (credits & flag) != 0 ? 1 : 0;
            return (agents.Kept(r.AgentId), new Counts(
                RejectEvents: 1, Rejected: If(TicketFlags.Rejected),
                FailedFirstPass: If(TicketFlags.FailedFirstPass), ReRejected: If(TicketFlags.ReRejected)));
        });

    private sealed record Sums(long Tickets, long Rejects, decimal CycleUs, decimal MoveUs)
    {
        public Sums With(KnownTicket t) =>
            new(Tickets + 1, Rejects + t.Facts.RejectEvents, CycleUs + t.CycleUs, MoveUs + t.MoveUs);
    }
}
