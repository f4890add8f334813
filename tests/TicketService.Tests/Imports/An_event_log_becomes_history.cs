using Performance.Contracts;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Imports;

public sealed class An_event_log_becomes_history
{
    [Fact]
    public void The_first_row_creates_and_later_ones_change()
    {
        var created = Day(0);
        var changes = Log.Import(
            (Log.Row(1, "New", null, type: null).Item1 with { CreatedAt = created }, null),
            Log.Row(2, "Active", Ann, type: null),
            Log.Row(3, "Active", null, type: "Cat 1"),
            Log.Row(4, "active ", Ann, type: null));
        changes.Events.Then(
            new TicketImported("s", "T1", "T1", null, "CA", "New", Day(1), null, created, 1),
            new TicketStatusChanged("New", "Active", null, null, "CA", FactOrigin.Import, null, Day(2), 2),
            new TicketAssigned(Ann, null, FactOrigin.Import, null, Day(2), 2),
            new TicketReclassified("Cat 1", "CA", Day(3), 3));
        Assert.Equal(new RowCounts(1, 2, 1, 0, 0), changes.Counts);
    }

    [Fact]
    public void A_ticket_that_comes_back_was_rejected_while_the_one_who_had_it_had_it()
    {
        var changes = Log.Import(
            Log.Row(1, "Active", Ann), Log.Row(2, "Resolved", Ann), Log.Row(3, "Closed", Ann),
            Log.Row(4, "Active", Bob));
        changes.Events.Skip(3).ToList().Then(
            new RejectionRecorded("Sent back from Closed", Ann, "Cat", "CA", FactOrigin.Import, null, Day(4), 4),
            new TicketStatusChanged("Closed", "Active", Ann, "Cat", "CA", FactOrigin.Import, null, Day(4), 4),
            new TicketAssigned(Bob, Ann, FactOrigin.Import, null, Day(4), 4));
    }

    [Fact]
    public void Rows_that_are_known_bring_nothing()
    {
        (ImportRow, Guid?)[] rows = [Log.Row(1, "New", null), Log.Row(2, "Active", Ann), Log.Row(2, "Active", Ann)];
        var again = Log.Again(Log.Import(rows), rows);
        Assert.Empty(again.Events);
        Assert.Null(again.Memory);
        Assert.Equal(new RowCounts(0, 0, 3, 0, 0), again.Counts);
    }

    [Fact]
    public void A_later_and_shorter_file_goes_on_where_the_last_one_ended()
    {
        var first = Log.Import(Log.Row(1, "New", null), Log.Row(2, "Active", Ann), Log.Row(3, "Resolved", Ann));
        Log.Again(first, Log.Row(3, "Resolved", Ann), Log.Row(4, "Active", Ann)).Events.Then(
            new RejectionRecorded("Sent back from Resolved", Ann, "Cat", "CA", FactOrigin.Import, null, Day(4), 4),
            new TicketStatusChanged("Resolved", "Active", Ann, "Cat", "CA", FactOrigin.Import, null, Day(4), 4));
        Assert.Equal(2, Log.Again(first, Log.Row(4, "Active", Ann)).Events.Count);
    }

    [Fact]
    public void What_people_did_in_between_is_not_undone_by_what_is_known()
    {
        var first = Log.Import(Log.Row(1, "New", null), Log.Row(2, "Active", Ann));
        var closed = Log.Current(first) with { Status = "Closed", AgentId = Bob };
        Assert.Empty(Log.History.Decide(
            [Log.Row(2, "Active", Ann), Log.Row(3, "Active", Ann)], first.Memory, closed).Events);
    }

    [Fact]
    public void A_corrected_row_in_between_leaves_the_end_as_it_was()
    {
        var first = Log.Import(Log.Row(1, "New", null), Log.Row(3, "Resolved", Ann));
        var changes = Log.Again(
            first, Log.Row(1, "New", null), Log.Row(2, "Active", Ann), Log.Row(3, "Resolved", Ann));
        changes.Events.Then(
            new TicketStatusChanged("Resolved", "Active", Ann, "Cat", "CA", FactOrigin.Import, null, Day(2), 3),
            new TicketStatusChanged("Active", "Resolved", Ann, "Cat", "CA", FactOrigin.Import, null, Day(3), 4));
        Assert.Equal("Resolved", changes.Memory!.Status);
    }

    [Fact]
    public void A_first_row_without_status_is_refused_and_the_next_creates()
    {
        var changes = Log.Import(Log.Row(1, null, null), Log.Row(2, "Active", Ann));
        Assert.Equal(new RowCounts(1, 0, 0, 1, 0), changes.Counts);
        Assert.Equal(1, Assert.Single(changes.Refused).Line);
    }

    [Fact]
    public void Sorting_goes_by_instant_then_number_then_line()
    {
        ImportRow[] rows =
        [
            Log.Row(2, "d", null).Item1 with { Line = 1, Order = "10" },
            Log.Row(2, "c", null).Item1 with { Line = 2, Order = "9" },
            Log.Row(1, "a", null).Item1 with { Line = 3, Order = null },
            Log.Row(1, "b", null).Item1 with { Line = 4, Order = null }
        ];
        Assert.Equal(["a", "b", "c", "d"], EventLogHistory.Sorted(rows).Select(r => r.Status));
    }

    private static DateTimeOffset Day(int day) => Log.Day(day);
}
