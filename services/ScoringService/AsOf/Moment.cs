using Performance.Scoring.Agents;
using Performance.Scoring.Months;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>One of two moments that are compared: its frame, policy, scope, and what is added up in it.</summary>
internal sealed class Moment
{
    public Moment(Frame frame, Filters filters, DateTimeOffset at, Caller caller, AgentMerges today)
    {
        Frame = frame;
        Filters = filters;
        Policy = frame.PolicyFor(filters, at);
        Frozen = frame.FrozenBy(filters);
        Agents = KnownScope.Of(caller, filters, frame.Merges, today);
        Fold = new TallyFold(frame, filters, Policy.Policy, Agents);
    }

    public Frame Frame { get; }

    public Filters Filters { get; }

    public PolicyVersion Policy { get; }

    public MonthClosed? Frozen { get; }

    public KnownScope Agents { get; }

    public TallyFold Fold { get; }

    public KnownTicket? Ticket(TicketHistory history) => KnownTicket.Of(history, Frame);

    /// <summary>The rows by agent; <see cref="Guid.Empty"/> for the unassigned.</summary>
    public Dictionary<Guid, ScorecardRow> Rows(Func<Guid, string> nameOf) =>
        Fold.Result().Rows(
                Filters, Policy.Policy, Frozen, agent => Agents.Has(agent) && Frame.Merges.Kept(agent) == agent,
                nameOf)
            .ToDictionary(row => row.AgentId ?? Guid.Empty);
}
