using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.AsOf;

/// <summary>The receipt of a grade as it was known at an instant.</summary>
internal static class AsOfGrade
{
    /// <summary>Of an agent whom the caller may see today; without a month, of the one that it was then.</summary>
    public static async Task<Receipt> ReadAsync(
        ViewSnapshot views, AsOfReader past, Caller caller, Guid asked, DateOnly? month, DateTimeOffset asOf,
        CancellationToken cancel)
    {
        var scored = BusinessZone.MonthNumber(month ?? views.Settings.Zone.DayOf(asOf));
        var filters = Filters.None with { Months = [scored] };
        var (frame, tally, tickets) = await past.AgentAsync(views, caller, asked, filters, asOf, cancel);
        var agent = frame.Merges.Kept(asked);
        if (!caller.MaySee(views.Merges.Kept(agent)))
        {
            throw new ForbiddenException("This agent is not in your scope.");
        }

        var version = frame.PolicyFor(filters, asOf);
        var atRejection = version.Policy.RejectionCredit == RejectionCredit.AtRejection;
        var agents = KnownScope.Of(agent, frame.Merges);
        var rejections = tickets
            .SelectMany(t => t.Facts.Rejections.Select((r, ordinal) => (Ticket: t, Event: r, Ordinal: ordinal)))
            .Where(r => !r.Event.Excused && agents.Has(atRejection ? r.Event.AgentId : r.Ticket.Facts.AgentId))
            .OrderBy(r => r.Event.At).ThenBy(r => r.Ticket.TicketId).ThenBy(r => r.Ordinal);
        var events = rejections.SelectMany(r => GetGrade.Settled(
            r.Ticket.TicketId, r.Event.EventId, RejectionRows.Credits(r.Ticket.Facts, r.Event))).ToList();
        return GetGrade.Of(
            agent, caller.NameOf(agent), scored, tally, version, frame.FrozenBy(filters), events, views.Position,
            asOf);
    }
}
