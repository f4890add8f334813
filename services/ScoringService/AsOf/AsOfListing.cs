using Performance.Scoring.Live;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.AsOf;

/// <summary>
/// What a number of an earlier instant counted. All tickets are folded for their place in the list alone; those of the
/// page are read once more, so that a long list takes no more room than its keys.
/// </summary>
internal sealed class AsOfListing(
    ViewSnapshot views, AsOfReader past, Caller caller, Filters filters, Behind behind, (int Skip, int Take) page,
    DateTimeOffset asOf)
{
    /// <summary>A page of tickets, of rejection events or of sessions, as the measure says.</summary>
    /// <param name="whose">The agent's id, <c>unassigned</c> or <c>all</c>; the caller may see them.</param>
    /// <param name="measure">What is listed.</param>
    /// <param name="cancel">Stops reading.</param>
    public async Task<object> ReadAsync(string whose, Measure measure, CancellationToken cancel)
    {
        var frame = await AsOfReader.FrameAsync(views, asOf, cancel);
        var agents = Agents(whose, frame);
        if (measure.Name == Measure.CoachingSessions)
        {
            return Sessions(frame, agents);
        }

        var policy = frame.PolicyFor(filters, asOf).Policy;
        var entries = new KnownEntries(
            measure, behind.By(frame.Settings.Categories), policy.RejectionCredit == RejectionCredit.AtRejection,
            agents);
        var places = new List<KnownPlace>();
        await past.EachAsync(views, caller, frame, filters, asOf, ticket =>
        {
            if (ticket.Passes(filters, frame))
            {
                places.AddRange(entries.Of(ticket));
            }
        }, cancel);
        places.Sort();
        var shown = places.Skip(page.Skip).Take(page.Take).ToList();
        var items = await KnownItems.ReadAsync(views, caller, frame, asOf, [.. shown.Select(p => p.TicketId)], cancel);
        return measure.Name == Measure.RejectEvents
            ? new Page<RejectionEventItem>(
                [.. shown.Select(p => items.Rejection(p, entries.AtRejection))], places.Count, views.Position)
            : new Page<TicketItem>([.. shown.Select(p => items.Ticket(p.TicketId))], places.Count, views.Position);
    }

    private KnownScope Agents(string whose, Frame frame) => whose switch
    {
        GetTickets.Everybody => KnownScope.Of(caller, filters, frame.Merges, views.Merges),
        Changes.Unassigned => KnownScope.Of(null, frame.Merges),
        _ => KnownScope.Of(frame.Merges.Kept(Input.Id("agentId", whose)), frame.Merges)
    };

    private Page<SessionItem> Sessions(Frame frame, KnownScope agents)
    {
        var all = frame.Sessions.Where(s => agents.Has(s.AgentId) && filters.HasDate(s.Date))
            .OrderBy(s => s.Date).ThenBy(s => s.SessionId).ToList();
        return new(
            [
                .. all.Skip(page.Skip).Take(page.Take).Select(s => new SessionItem(
                    s.SessionId, agents.Kept(s.AgentId), caller.NameOf(agents.Kept(s.AgentId)), s.TicketId, s.Date,
                    s.By))
            ],
            all.Count, views.Position);
    }
}
