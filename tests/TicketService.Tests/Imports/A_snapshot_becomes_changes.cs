using Performance.Contracts;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Imports;

public sealed class A_snapshot_becomes_changes
{
    private static readonly DateTimeOffset Uploaded = Created.AddDays(30);

    private static readonly SnapshotHistory History =
        new(new ImportMapping { Profile = ImportMapping.ClickUp, Source = "clickup" }, Uploaded);

    private static readonly ImportRow Row = new(
        2, "T1", Created.AddDays(3), Created, "Open", "Ann", "Renewal", "CA", "A title", Labels: []);

    [Fact]
    public void A_new_ticket_has_its_status_since_its_last_update() => Decide(Row).Events.Then(
        new TicketImported(
            "clickup", "T1", "A title", "Renewal", "CA", "Open", Created.AddDays(3), Ann, Created, 1));

    [Theory]
    [InlineData("Closed", 5)]
    [InlineData("Sent to DMV", 4)]
    public void A_terminal_one_since_it_was_closed_or_done(string status, int day)
    {
        var row = Row with { Status = status, DoneAt = Created.AddDays(4), ClosedAt = Created.AddDays(5) };
        Assert.Equal(Created.AddDays(day), First(row).StatusAt);
    }

    [Fact]
    public void One_on_hold_since_its_time_in_status_says()
    {
        Assert.Equal(Uploaded.AddHours(-36), First(Row with { Status = "on-hold", HoldHours = 36 }).StatusAt);
        Assert.Equal(Created, First(Row with { Status = "Hold", HoldHours = 9999 }).StatusAt);
    }

    [Fact]
    public void A_rejection_is_never_later_than_the_end_of_the_work()
    {
        var row = Row with { Status = "Closed", ClosedAt = Created.AddDays(1), Labels = ["Wrong fee"] };
        Assert.Equal(Created.AddDays(1), Rejection(Decide(row)).OccurredAt);
        Assert.Equal(Created.AddDays(3), Rejection(Decide(row with { Status = "Open" })).OccurredAt);
        Assert.Equal(Uploaded, Rejection(Decide(row with { Status = "Open", At = null })).OccurredAt);
    }

    [Fact]
    public void Each_label_is_a_rejection_event_also_the_same_one_in_two_columns() =>
        Assert.Equal(3, Decide(Row with { Labels = ["A", "B", "A"] }).Events.OfType<RejectionRecorded>().Count());

    [Fact]
    public void The_same_snapshot_again_brings_nothing()
    {
        var changes = Again(Row with { Labels = ["A"] }, Row with { Labels = ["A"] });
        Assert.Empty(changes.Events);
        Assert.Null(changes.Memory);
        Assert.Equal(new RowCounts(0, 0, 1, 0, 0), changes.Counts);
    }

    [Fact]
    public void A_later_one_only_its_changes()
    {
        var at = Created.AddDays(9);
        var later = Row with
        {
            At = at, Status = "Closed", ClosedAt = at.AddHours(-1), Type = "Transfer", Title = "Other", Labels = ["B"]
        };
        Again(Row with { Labels = ["A"] }, later, agent: Bob).Events.Then(
            new RejectionLabelRemoved(EventId(2), "A", at, 2),
            new RejectionRecorded("B", Ann, "Renewal", "CA", FactOrigin.Import, null, at.AddHours(-1), 2),
            new TicketStatusChanged(
                "Open", "Closed", Ann, "Renewal", "CA", FactOrigin.Import, null, at.AddHours(-1), 2),
            new TicketAssigned(Bob, Ann, FactOrigin.Import, null, at, 2),
            new TicketReclassified("Transfer", "CA", at, 2),
            new TicketRenamed("Other", at, 2));
    }

    [Fact]
    public void An_older_one_nothing() =>
        Assert.Empty(Again(Row, Row with { At = Created.AddDays(1), Status = "Closed" }).Events);

    [Fact]
    public void Of_rows_with_one_id_the_later_update_wins()
    {
        var changes = History.Decide(
            [(Row with { Line = 2, Status = "Closed", At = Created.AddDays(8) }, Ann), (Row with { Line = 3 }, Ann)],
            null, null, []);
        Assert.Equal("Closed", Assert.IsType<TicketImported>(Assert.Single(changes.Events)).Status);
        Assert.Equal(new RowCounts(1, 0, 0, 0, 1), changes.Counts);
        Assert.Equal(3, SnapshotHistory.Latest([(Row with { Line = 2 }, Ann), (Row with { Line = 3 }, Ann)]).Row.Line);
    }

    private static TicketChanges Decide(ImportRow row) => History.Decide([(row, Ann)], null, null, []);

    private static TicketImported First(ImportRow row) => (TicketImported)Decide(row).Events[0];

    private static RejectionRecorded Rejection(TicketChanges changes) =>
        Assert.Single(changes.Events.OfType<RejectionRecorded>());

    private static TicketChanges Again(ImportRow first, ImportRow later, Guid? agent = null)
    {
        var before = Decide(first);
        return History.Decide(
            [(later, agent ?? Ann)], before.Memory, Log.Current(before), Given([.. before.Events]).Rejections);
    }
}
