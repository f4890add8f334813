using Performance.Scoring.Tickets;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>A count that can be opened: what its list holds.</summary>
/// <param name="Name">The count's name in the scorecard.</param>
/// <param name="Condition">On <c>ticket_facts f</c>; null for lists of other things.</param>
/// <param name="Has">The same of a ticket in memory.</param>
/// <param name="Credited">The flag by which a rejection event settles it, with credit at rejection.</param>
internal sealed record Measure(
    string Name, string? Condition, Func<TicketFlags, bool> Has, TicketFlags Credited = TicketFlags.None)
{
    public const string RejectEvents = "rejectEvents";
    public const string CoachingSessions = "coachingSessions";

    /// <summary>Tickets that have rejection events: what the rejection analysis counts beside the events.</summary>
    public const string RejectedTickets = "rejectedTickets";

    private static readonly Measure[] All =
    [
        new("allocated", "true", _ => true),
        Flagged("closed", TicketFlags.Closed),
        new("open", $"f.flags & {(int)TicketFlags.Closed} = 0", flags => (flags & TicketFlags.Closed) == 0),
        Flagged("firstPass", TicketFlags.FirstPass),
        Flagged("failedFirstPass", TicketFlags.FailedFirstPass, credited: true),
        Flagged("processed", TicketFlags.FirstPass | TicketFlags.FailedFirstPass),
        Flagged("excused", TicketFlags.Excused),
        Flagged("onHold", TicketFlags.Hold),
        Flagged("rejected", TicketFlags.Rejected, credited: true),
        Flagged("reRejected", TicketFlags.ReRejected, credited: true),
        Flagged("anyRejection", TicketFlags.AnyRejection),
        Flagged("moved", TicketFlags.Moved),
        new(RejectEvents, null, _ => false),
        new(RejectedTickets, "not e.excused", _ => true),
        new(CoachingSessions, null, _ => false)
    ];

    /// <summary>The measure of a query string.</summary>
    public static Measure Of(string? name) =>
        All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidFieldException("measure", "is not one of " + string.Join(", ", All.Select(m => m.Name)));

    private static Measure Flagged(string name, TicketFlags flags, bool credited = false) =>
        new(name, $"f.flags & {(int)flags} <> 0", has => (has & flags) != 0, credited ? flags : TicketFlags.None);
}
