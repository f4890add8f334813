using static Performance.Tickets.Spec;

namespace Performance.Tickets;

public sealed class A_ticket_is_folded
{
    [Fact]
    public void An_unknown_event_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Given(Imported(), "something else"));

    [Fact]
    public void Nothing_but_a_beginning_begins_it() =>
        Assert.Throws<InvalidOperationException>(() => Given(Rejected("A", 1)));

    [Theory]
    [InlineData("State Rej/Hold", true)]
    [InlineData("Rejected by County", true)]
    [InlineData("rejected", true)]
    [InlineData("On hold (rej)", true)]
    [InlineData("Prerejected", false)]
    [InlineData("Open", false)]
    public void A_rejection_status_has_a_word_that_begins_with_rej(string status, bool isOne) =>
        Assert.Equal(isOne, RejectionWords.In(status));

    [Fact]
    public void Created_in_a_rejection_status_it_is_rejected() =>
        Assert.Single(Given(Imported("State Rej/Hold")).StandingRejections);

    [Fact]
    public void From_one_rejection_status_to_another_is_no_second_rejection() => Assert.Single(
        Given(Imported("Rejected by County"), Moved("Rejected by County", "State Rej/Hold", 2)).StandingRejections);

    [Fact]
    public void Closing_an_intake_ticket_as_not_ours_is_no_rejection() =>
        Assert.Empty(Given(Submitted(), Moved("New", "Rejected", 2)).StandingRejections);

    [Theory]
    [InlineData("awaiting user info", true)]
    [InlineData(" Awaiting Vendor ", true)]
    [InlineData("HOLD", true)]
    [InlineData("Await", false)]
    public void Status_lists_know_prefixes_and_no_case(string status, bool matches) =>
        Assert.Equal(matches, new StatusPatterns(["Awaiting*", "Hold "]).Match(status));
}
