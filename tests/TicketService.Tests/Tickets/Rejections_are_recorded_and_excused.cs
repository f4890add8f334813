using Performance.Contracts;
using Performance.ServiceDefaults.Problems;
using static Performance.Tickets.Spec;

namespace Performance.Tickets;

public sealed class Rejections_are_recorded_and_excused
{
    private static readonly RecordRejection.Command WrongFee = new("Wrong fee", null, "sam");

    [Fact]
    public void A_rejection_keeps_who_had_the_ticket() => RecordRejection.Decide(Given(Imported()), WrongFee, Now)
        .Then(new RejectionRecorded("Wrong fee", Ann, "Renewal", "CA", FactOrigin.Command, "sam", Now, 2));

    [Fact]
    public void Intake_tickets_have_none() =>
        Assert.Throws<DomainException>(() => RecordRejection.Decide(Given(Submitted(Ann)), WrongFee, Now));

    [Fact]
    public void Its_instant_is_checked() => RefusesField("at", () => RecordRejection.Decide(
        Given(Imported()), WrongFee with { At = Now.AddDays(1) }, Now));

    [Fact]
    public void All_are_excused_at_once() => Excuse(Given(Imported(), Rejected("A", 2), Rejected("B", 3)), null)
        .Then(new RejectionsExcused(null, "sue", "County error", Now, 4, Ann));

    [Fact]
    public void Or_one_of_them() => Excuse(Given(Imported(), Rejected("A", 2)), EventId(2))
        .Then(new RejectionsExcused(EventId(2), "sue", "County error", Now, 3, Ann));

    [Fact]
    public void An_entry_into_a_rejection_status_can_be_excused_too() =>
        Assert.Single(Excuse(Given(Imported(), Moved("Open", "State Rej/Hold", 2)), EventId(2)));

    [Fact]
    public void But_not_when_a_label_came_with_it() => RefusesField("eventId", () => Excuse(
        Given(Imported(), Moved("Open", "State Rej/Hold", 2), Rejected("A", 3)), EventId(2)));

    [Fact]
    public void What_is_excused_is_not_excused_again() => Excuse(
        Given(Imported(), Rejected("A", 2), new RejectionsExcused(null, "sue", "x", Now, 3)), null).Then();

    [Fact]
    public void A_rejection_after_an_excuse_counts_again() => Assert.Single(Excuse(
        Given(Imported(), Rejected("A", 2), new RejectionsExcused(null, "sue", "x", Now, 3), Rejected("B", 4)), null));

    [Fact]
    public void Without_a_rejection_there_is_nothing_to_excuse() =>
        Assert.Throws<DomainException>(() => Excuse(Given(Imported()), null));

    [Fact]
    public void A_label_that_the_source_took_off_cannot_be_excused() => Assert.Throws<DomainException>(() => Excuse(
        Given(Imported(), Rejected("A", 2), new RejectionLabelRemoved(EventId(2), "A", Now, 3)), null));

    [Fact]
    public void An_event_of_another_ticket_is_no_rejection_of_this_one() =>
        RefusesField("eventId", () => Excuse(Given(Imported(), Rejected("A", 2)), EventId(9)));

    [Fact]
    public void An_excuse_is_withdrawn() => Withdraw(
            Given(Imported(), Rejected("A", 2), new RejectionsExcused(null, "sue", "x", Now, 3)))
        .Then(new ExcuseWithdrawn(null, "sue", "Was ours", Now, 4, Ann));

    [Fact]
    public void Once() => Withdraw(Given(
        Imported(), Rejected("A", 2), new RejectionsExcused(null, "sue", "x", Now, 3),
        new ExcuseWithdrawn(null, "sue", "y", Now, 4))).Then();

    [Fact]
    public void Only_where_there_is_one() =>
        Assert.Throws<DomainException>(() => Withdraw(Given(Imported(), Rejected("A", 2))));

    private static IReadOnlyList<object> Excuse(Ticket ticket, Guid? eventId) =>
        ExcuseRejections.Decide(ticket, new RejectionRequest.Command(eventId, "County error", "sue"), Now);

    private static IReadOnlyList<object> Withdraw(Ticket ticket) =>
        WithdrawExcuse.Decide(ticket, new RejectionRequest.Command(null, "Was ours", "sue"), Now);
}
