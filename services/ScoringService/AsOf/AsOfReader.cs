using Performance.Scoring.Scorecards;
using Performance.Scoring.Views;

namespace Performance.Scoring.AsOf;

/// <summary>A frame and what was added up in it.</summary>
internal sealed record KnownTally(Frame Frame, Tally Tally, IReadOnlyList<KnownTicket> Tickets);

/// <summary>
/// Scorecards as they were known at an instant: from all events recorded up to it, folded in memory by the very folds
/// of the views (docs/adr/0097). Two at a time, because each reads all tickets; who waits holds a connection, so that
/// few may wait, and of one asker fewer.
/// </summary>
internal sealed class AsOfReader : IDisposable
{
    public AsOfQueue Queue { get; } = new();

    public void Dispose() => Queue.Dispose();

    public async Task<Scorecard> ScorecardAsync(
        ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset asOf, CancellationToken cancel)
    {
        var frame = await FrameAsync(views, asOf, cancel);
        var policy = frame.PolicyFor(filters, asOf);
        var agents = KnownScope.Of(caller, filters, frame.Merges, views.Merges);
        var fold = new TallyFold(frame, filters, policy.Policy, agents);
        await EachAsync(views, caller, frame, filters, asOf, fold.Add, cancel);
        var tally = fold.Result();
        var frozen = frame.FrozenBy(filters);
        var rows = tally.Rows(
            filters, policy.Policy, frozen, agent => agents.Has(agent) && frame.Merges.Kept(agent) == agent,
            caller.NameOf);
        return new Scorecard(
            GetScorecard.KpisOf(tally.Total), rows, policy.Version, views.Position, asOf, frozen is not null);
    }

    /// <summary>One agent's month, with the tickets whose rejections count for it.</summary>
    public async Task<KnownTally> AgentAsync(
        ViewSnapshot views, Caller caller, Guid agent, Filters filters, DateTimeOffset asOf, CancellationToken cancel)
    {
        var frame = await FrameAsync(views, asOf, cancel);
        var policy = frame.PolicyFor(filters, asOf).Policy;
        var kept = frame.Merges.Kept(agent);
        var agents = KnownScope.Of(kept, frame.Merges);
        var fold = new TallyFold(frame, filters, policy, agents);
        var tickets = new List<KnownTicket>();
        await EachAsync(views, caller, frame, filters, asOf, ticket =>
        {
            fold.Add(ticket);
            if (ticket.Facts.RejectEvents > 0 && ticket.Passes(filters, frame))
            {
                tickets.Add(ticket);
            }
        }, cancel);
        return new KnownTally(frame, fold.Result(), tickets);
    }

    /// <exception cref="BusyException">Too many ask for the past at this moment.</exception>
    public async Task<T> InTurnAsync<T>(Caller caller, Func<Task<T>> read, CancellationToken cancel)
    {
        using var turn = await Queue.EnterAsync(caller.User.UserName, cancel);
        return await read();
    }

    public static async Task<Frame> FrameAsync(ViewSnapshot views, DateTimeOffset asOf, CancellationToken cancel) =>
        Frame.Of((await RecordedEvents.FrameAsync(views, cancel)).Where(f => f.RecordedAt <= asOf)
            .Select(f => f.Fact));

    /// <summary>Every ticket that was known then and that the filters' dates may let through, in a turn.</summary>
    public Task<bool> EachAsync(
        ViewSnapshot views, Caller caller, Frame frame, Filters filters, DateTimeOffset asOf, Action<KnownTicket> take,
        CancellationToken cancel) =>
        InTurnAsync(caller, async () =>
        {
            await KnownTickets.EachAsync(views, frame, filters, asOf, take, cancel);
            return true;
        }, cancel);
}
