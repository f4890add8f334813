using Performance.Scoring.Tickets;

namespace Performance.Scoring;

public sealed class TheFoldOfATicket
{
    private static readonly Guid Ann = Guid.NewGuid();
    private static readonly Guid Bob = Guid.NewGuid();

    [Fact]
    public void Closed_without_a_rejection_is_first_pass()
    {
        var facts = new Story().After(TimeSpan.FromDays(2)).Moves("Working").After(TimeSpan.FromDays(1))
            .Moves("closed ").Facts();
        Assert.Equal(
            TicketFlags.Terminal | TicketFlags.Closed | TicketFlags.FirstPass | TicketFlags.Moved, facts.Flags);
        Assert.Equal(Story.Beginning.AddDays(3), facts.ClosedAt);
        Assert.Equal(Story.Beginning.AddDays(2), facts.FirstMoveAt);
    }

    [Fact]
    public void Open_work_neither_passes_nor_fails()
    {
        var facts = new Story().IsRejected("Missing signature").Moves("Working").Facts();
        Assert.Equal(TicketFlags.Rejected | TicketFlags.AnyRejection | TicketFlags.Moved, facts.Flags);
    }

    [Fact]
    public void A_rejection_before_the_terminal_entry_fails_the_first_pass()
    {
        Assert.True(new Story().IsRejected("X").Moves("Sent to DMV").Facts().Is(TicketFlags.FailedFirstPass));
    }

    [Fact]
    public void A_rejection_together_with_the_terminal_entry_fails_it_too()
    {
        Assert.True(new Story().Moves("Closed").Together().IsRejected("X").Facts().Is(TicketFlags.FailedFirstPass));
        Assert.True(new Story("Closed").Together().IsRejected("X").Facts().Is(TicketFlags.FailedFirstPass));
    }

    [Fact]
    public void A_rejection_after_the_terminal_entry_is_a_rejected_ticket_but_no_failure_until_it_is_processed_again()
    {
        var story = new Story("Sent to DMV").IsRejected("X");
        Assert.False(story.Facts().Is(TicketFlags.FailedFirstPass));
        Assert.False(story.Facts().Is(TicketFlags.FirstPass));
        Assert.True(story.Facts().Is(TicketFlags.Rejected));
        Assert.False(story.Moves("Working").Facts().Is(TicketFlags.FailedFirstPass));
        Assert.True(story.Moves("Sent to DMV").Facts().Is(TicketFlags.FailedFirstPass));
    }

    [Fact]
    public void Resolved_then_closed_is_one_terminal_entry_and_the_closed_instant_is_the_latest_entry_into_closed()
    {
        var classes = new StatusClasses(["Resolved", "Closed"], ["Closed"], []);
        var story = new Story().Moves("Resolved").IsRejected("X").After(TimeSpan.FromDays(5)).Moves("Closed");
        Assert.False(story.Facts(classes).Is(TicketFlags.FailedFirstPass));
        Assert.Equal(Story.Beginning.AddDays(5), story.Facts(classes).ClosedAt);
        story.After(TimeSpan.FromDays(1)).Moves("Open").After(TimeSpan.FromDays(1)).Moves("Closed");
        Assert.True(story.Facts(classes).Is(TicketFlags.FailedFirstPass));
        Assert.Equal(Story.Beginning.AddDays(7), story.Facts(classes).ClosedAt);
    }

    [Fact]
    public void Creation_is_a_change_from_no_status_at_its_own_instant_but_no_move()
    {
        var facts = new Story("Done") { StatusAt = Story.Beginning.AddHours(6) }.Facts();
        Assert.Equal(Story.Beginning.AddHours(6), facts.ClosedAt);
        Assert.Null(facts.FirstMoveAt);
    }

    [Theory]
    [InlineData("State Rej/Hold", true)]
    [InlineData("Rejected by County", true)]
    [InlineData("county-rejection", true)]
    [InlineData("Prerejected", false)]
    [InlineData("Injection", false)]
    public void A_rejection_status_has_a_word_that_begins_with_rej(string status, bool expected) =>
        Assert.Equal(expected, StatusClasses.IsRejection(status));

    [Fact]
    public void An_entry_into_a_rejection_status_that_brings_no_label_is_a_rejection_event()
    {
        var story = new Story(agent: Ann).Moves("Rejected by County");
        var rejection = Assert.Single(story.Facts().Rejections);
        Assert.Equal((story.Last, true, "Rejected by County", 1, Ann),
            (rejection.EventId, rejection.FromStatus, rejection.Cause, rejection.Round, rejection.AgentId!.Value));
    }

    [Fact]
    public void A_label_in_the_round_takes_the_place_of_the_entry_whichever_comes_first()
    {
        Assert.Equal("X", Assert.Single(
            new Story().Moves("Rejected").IsRejected("X").Moves("Open").Facts().Rejections).Cause);
        Assert.Equal("X", Assert.Single(new Story().IsRejected("X").Moves("Rejected").Facts().Rejections).Cause);
        Assert.Equal("X", Assert.Single(
            new Story().Moves("Rejected").Moves("Open").Together().IsRejected("X").Facts().Rejections).Cause);
    }

    [Fact]
    public void A_label_taken_back_stops_counting_as_if_it_had_never_been()
    {
        var story = new Story().IsRejected("X");
        Assert.Empty(story.LosesLabel(story.Last).Moves("Closed").Facts().Rejections);
        Assert.True(story.Facts().Is(TicketFlags.FirstPass));
        var entered = new Story().Moves("Rejected").IsRejected("X");
        Assert.True(Assert.Single(entered.LosesLabel(entered.Last).Facts().Rejections).FromStatus);
    }

    [Fact]
    public void Two_labels_of_one_round_are_two_events_and_no_re_rejection()
    {
        var facts = new Story().IsRejected("X").IsRejected("Y").Facts();
        Assert.Equal(2, facts.RejectEvents);
        Assert.False(facts.Is(TicketFlags.ReRejected));
    }

    [Fact]
    public void A_round_ends_when_the_ticket_leaves_a_rejection_status_or_becomes_terminal()
    {
        Assert.True(new Story().Moves("Rejected").Moves("Open").Moves("Rejected").Facts().Is(TicketFlags.ReRejected));
        Assert.True(new Story().IsRejected("X").Moves("Closed").Moves("Open").IsRejected("Y").Facts()
            .Is(TicketFlags.ReRejected));
        Assert.False(new Story().IsRejected("X").Moves("Working").IsRejected("Y").Facts().Is(TicketFlags.ReRejected));
        Assert.False(new Story().Moves("State Rej/Hold").Moves("Rejected").Facts().Is(TicketFlags.ReRejected));
    }

    [Fact]
    public void An_excuse_holds_for_all_rejections_up_to_now_and_a_later_one_counts_again()
    {
        var story = new Story().IsRejected("X").Moves("Closed").IsExcused();
        Assert.Equal(
            TicketFlags.Terminal | TicketFlags.Closed | TicketFlags.Excused | TicketFlags.AnyRejection
            | TicketFlags.Moved, story.Facts().Flags);
        story.Moves("Open").IsRejected("Y");
        Assert.True(story.Facts().Is(TicketFlags.Rejected));
        Assert.False(story.Facts().Is(TicketFlags.ReRejected));
        Assert.Equal(1, story.Facts().RejectEvents);
    }

    [Fact]
    public void One_rejection_event_can_be_excused_and_the_excuse_withdrawn()
    {
        var story = new Story().IsRejected("X");
        var first = story.Last;
        story.IsRejected("Y").Moves("Closed").IsExcused(first);
        Assert.Equal(1, story.Facts().RejectEvents);
        Assert.True(story.Facts().Is(TicketFlags.FailedFirstPass));
        Assert.Equal(2, story.ExcuseIsWithdrawn(first).Facts().RejectEvents);
    }

    [Fact]
    public void Moving_between_hold_statuses_does_not_restart_the_hold()
    {
        var story = new Story().After(TimeSpan.FromHours(1)).Moves("On hold").After(TimeSpan.FromHours(1))
            .Moves("State Rej/Hold");
        Assert.Equal(Story.Beginning.AddHours(1), story.Facts().HoldSince);
        Assert.Null(story.Moves("Open").Facts().HoldSince);
        Assert.Equal(story.Clock.AddHours(1), story.After(TimeSpan.FromHours(1)).Moves("HOLD").Facts().HoldSince);
    }

    [Fact]
    public void A_source_reads_its_statuses_in_its_own_way()
    {
        var classes = new StatusClasses([" resolved"], ["Closed"], ["awaiting*"]);
        Assert.True(new Story("Resolved").Facts(classes).Is(TicketFlags.Terminal));
        Assert.False(new Story("Resolved").Facts(classes).Is(TicketFlags.Closed));
        Assert.True(new Story("Closed").Facts(classes).Is(TicketFlags.Terminal));
        Assert.True(new Story("Awaiting User Info").Facts(classes).Is(TicketFlags.Hold));
        Assert.False(new Story("Hold").Facts(classes).Is(TicketFlags.Hold));
    }

    [Fact]
    public void A_rejection_falls_on_who_had_the_ticket_when_it_was_sent_back()
    {
        var facts = new Story(agent: Ann).Moves("Closed").Moves("Open").Together().GoesTo(Bob).Together()
            .IsRejected("X").Moves("Closed").Facts();
        Assert.Equal(Bob, facts.AgentId);
        Assert.Equal(Ann, facts.RejectedAgent);
        Assert.Equal(Ann, facts.FailedAgent);
    }
}
