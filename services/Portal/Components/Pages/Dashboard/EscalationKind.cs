using Performance.Portal.Api;
using Performance.Portal.Show;

namespace Performance.Portal.Components.Pages.Dashboard;

/// <summary>A reason for a ticket to be escalated.</summary>
/// <param name="Panel">Its list's name in the address.</param>
/// <param name="Title">What its tickets have in common.</param>
/// <param name="Tickets">Its tickets.</param>
/// <param name="Rule">In words, with the limit of the policy.</param>
/// <param name="Age">Of a ticket: how long it has been so, in units.</param>
/// <param name="Unit">Of the age.</param>
/// <param name="Head">Over a column of ages.</param>
public sealed record EscalationKind(
    string Panel,
    string Title,
    Func<Escalations, PageOf<PipelineTicket>> Tickets,
    Func<Escalations, string> Rule,
    Func<PipelineTicket, string> Age,
    string Unit,
    string Head)
{
    public static IReadOnlyList<EscalationKind> All { get; } =
    [
        new("oldTickets", "Open too long", e => e.Old, e => $"open for more than {e.OldTicketDays} days",
            t => Numbers.One(t.DaysSinceCreated), "days", "Days open"),
        new("longHold", "On hold too long", e => e.LongHold, e => $"on hold for more than {e.LongHoldHours} h",
            t => Numbers.Count(decimal.Floor(t.HoldHours ?? 0)), "h", "Hours on hold")
    ];

    public static EscalationKind? Of(string? panel) => All.FirstOrDefault(kind => kind.Panel == panel);
}
