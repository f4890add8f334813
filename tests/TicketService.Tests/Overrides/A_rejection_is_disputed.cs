using Performance.ServiceDefaults.Problems;
using static Performance.Tickets.Spec;

namespace Performance.Tickets.Overrides;

public sealed class A_rejection_is_disputed
{
    private static readonly RejectionDisputed All = new(null, Ann, "ann", "County lost it", Now, 4);

    [Fact]
    public void All_that_count_at_once() => Dispute(Given(Imported(), Rejected("A", 2), Rejected("B", 3)), null)
        .Then(new RejectionDisputed(null, Ann, "ann", "County lost it", Now, 4));

    [Fact]
    public void Or_one_of_them() => Dispute(Given(Imported(), Rejected("A", 2), Rejected("B", 3)), EventId(3))
        .Then(new RejectionDisputed(EventId(3), Ann, "ann", "County lost it", Now, 4));

    [Fact]
    public void Or_an_entry_into_a_rejection_status() =>
        Assert.Single(Dispute(Given(Imported(), Moved("Open", "State Rej/Hold", 2)), EventId(2)));

    [Fact]
    public void Without_a_rejection_there_is_nothing_to_dispute() =>
        Assert.Throws<DomainException>(() => Dispute(Given(Imported()), null));

    [Fact]
    public void An_event_of_another_ticket_is_no_rejection_of_this_one() =>
        RefusesField("eventId", () => Dispute(Given(Imported(), Rejected("A", 2)), EventId(9)));

    [Fact]
    public void What_is_excused_cannot_be_disputed() => Assert.Throws<DomainException>(() => Dispute(
        Given(Imported(), Rejected("A", 2), new RejectionsExcused(null, "sue", "x", Now, 3)), EventId(2)));

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void Nor_what_is_disputed_already(int? rejection) => Assert.Throws<DomainException>(() => Dispute(
        Given(Imported(), Rejected("A", 2), Rejected("B", 3), All), rejection is { } n ? EventId(n) : null));

    [Fact]
    public void But_one_that_came_later_can() => Assert.Single(Dispute(
        Given(Imported(), Rejected("A", 2), Rejected("B", 3), All, Rejected("C", 5)), EventId(5)));

    [Fact]
    public void And_one_that_was_declined_can_be_disputed_again() => Assert.Single(Dispute(
        Given(Imported(), Rejected("A", 2), Rejected("B", 3), All, Decided(false)), EventId(2)));

    [Fact]
    public void Accepted_it_is_excused_with_it() =>
        Decide(Given(Imported(), Rejected("A", 2), Rejected("B", 3), All), true).Then(
            new DisputeDecided(EventId(4), null, true, Ann, "sue", "Checked", Now, 5),
            new RejectionsExcused(null, "sue", "Checked", Now, 5, Ann, EventId(4)));

    [Fact]
    public void Accepted_it_excuses_nothing_that_came_later() =>
        Decide(Given(Imported(), Rejected("A", 2), Rejected("B", 3), All, Rejected("C", 5)), true).Then(
            new DisputeDecided(EventId(4), null, true, Ann, "sue", "Checked", Now, 6),
            new RejectionsExcused(EventId(2), "sue", "Checked", Now, 6, Ann, EventId(4)),
            new RejectionsExcused(EventId(3), "sue", "Checked", Now, 6, Ann, EventId(4)));

    [Fact]
    public void Declined_it_stays_counted()
    {
        var before = Given(Imported(), Rejected("A", 2), Rejected("B", 3), All);
        Decide(before, false).Then(new DisputeDecided(EventId(4), null, false, Ann, "sue", "Checked", Now, 5));
        Assert.Equal(2, Given(
            Imported(), Rejected("A", 2), Rejected("B", 3), All, Decided(false)).CountingRejections.Count());
    }

    [Fact]
    public void Decided_it_is_decided_once()
    {
        var done = Given(Imported(), Rejected("A", 2), Rejected("B", 3), All, Decided(false));
        Decide(done, false).Then();
        Assert.Throws<DomainException>(() => Decide(done, true));
    }

    [Fact]
    public void Nobody_decides_an_own_one() => Assert.Throws<ForbiddenException>(() => DecideDispute.Decide(
        Given(Imported(), Rejected("A", 2), Rejected("B", 3), All), new(null, true, "Mine", "ann"), Now));

    [Fact]
    public void Where_two_are_open_the_meant_one_is_named()
    {
        var two = Given(
            Imported(), Rejected("A", 2), Rejected("B", 3),
            All with { RejectionEventId = EventId(2) }, All with { RejectionEventId = EventId(3), Step = 5 });
        RefusesField("eventId", () => Decide(two, true));
        RefusesField("eventId", () => Decide(two, true, EventId(9)));
        Decide(two, true, EventId(3)).Then(
            new DisputeDecided(EventId(5), EventId(3), true, Ann, "sue", "Checked", Now, 6),
            new RejectionsExcused(EventId(3), "sue", "Checked", Now, 6, Ann, EventId(5)));
    }

    [Fact]
    public void Excused_without_a_decision_it_is_accepted_by_that() => ExcuseRejections.Decide(
            Given(Imported(), Rejected("A", 2), Rejected("B", 3), All), new(null, "County error", "sue"), Now)
        .Then(
            new RejectionsExcused(null, "sue", "County error", Now, 5, Ann, EventId(4)),
            new DisputeDecided(EventId(4), null, true, Ann, "sue", "County error", Now, 5));

    [Fact]
    public void While_a_part_of_it_counts_it_stays_open() => Assert.Single(ExcuseRejections.Decide(
        Given(Imported(), Rejected("A", 2), Rejected("B", 3), All), new(EventId(2), "County error", "sue"), Now));

    private static DisputeDecided Decided(bool accepted) =>
        new(EventId(4), null, accepted, Ann, "sue", "Checked", Now, 5);

    private static IReadOnlyList<object> Dispute(Ticket ticket, Guid? eventId) =>
        DisputeRejection.Decide(ticket, new RejectionRequest.Command(eventId, "County lost it", "ann"), Now);

    private static IReadOnlyList<object> Decide(Ticket ticket, bool accept, Guid? eventId = null) =>
        DecideDispute.Decide(ticket, new DecideDispute.Command(eventId, accept, "Checked", "sue"), Now);
}
