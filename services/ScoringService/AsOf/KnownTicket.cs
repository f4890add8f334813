using Performance.Scoring.Scorecards;
using Performance.Scoring.Tickets;

namespace Performance.Scoring.AsOf;

/// <summary>A ticket as the views would have it in a frame: the same fold, the same columns, in memory.</summary>
internal sealed record KnownTicket(
    Guid TicketId, DateTimeOffset CreatedAt, DateOnly Day, string? Type, string? State, TicketFacts Facts,
    long CycleUs, long MoveUs)
{
    /// <summary>Null: the scorecard does not count it, or its opening is not known.</summary>
    public static KnownTicket? Of(TicketHistory history, Frame frame)
    {
        var facts = history.Kind == WorkKind.Imported
            ? TicketFold.Facts(history, frame.ClassesOf(history.Source)) : null;
        return facts is null ? null : new KnownTicket(
            history.TicketId, history.CreatedAt, frame.Settings.Zone.DayOf(history.CreatedAt), history.Type,
            history.State, facts, TicketWriter.Since(history, facts.ClosedAt),
            TicketWriter.Since(history, facts.FirstMoveAt));
    }

    /// <summary>Whether it passes the filters, but for the assignee's.</summary>
    public bool Passes(Filters filters, Frame frame) =>
        filters.HasDate(Day) && Among(filters.Types, Type) && Among(filters.States, State)
        && Among(filters.Statuses, Facts.Status)
        && (!filters.Coached || frame.CoachedTickets.Contains(TicketId));

    // An empty value in a filter stands for none at all.
    private static bool Among(IReadOnlyList<string> wanted, string? value) =>
        wanted.Count == 0 || wanted.Any(w => w.Length == 0 ? value is null : w == value);
}
