using Performance.Contracts;
using Performance.ServiceDefaults.Problems;
using static Performance.Tickets.Spec;

namespace Performance.Tickets;

public sealed class A_status_changes
{
    [Theory]
    [InlineData("New", "On Progress")]
    [InlineData("New", "Closed")]
    [InlineData("New", "Rejected")]
    [InlineData("On Progress", "Closed")]
    [InlineData("On Progress", "Rejected")]
    public void Forward_on_intake_tickets(string from, string to) =>
        Assert.IsType<TicketStatusChanged>(Assert.Single(ChangeStatus.Decide(Intake(from), To(to), Now)));

    [Theory]
    [InlineData("On Progress", "New", "Closed,Rejected")]
    [InlineData("Closed", "On Progress", "")]
    [InlineData("Closed", "New", "")]
    [InlineData("Closed", "Rejected", "")]
    [InlineData("Rejected", "Closed", "")]
    [InlineData("Rejected", "New", "")]
    public void Never_back_and_the_refusal_says_where_it_may_go(string from, string to, string allowed)
    {
        var refusal = Assert.Throws<DomainException>(() => ChangeStatus.Decide(Intake(from), To(to), Now));
        Assert.Equal(allowed, string.Join(',', (IEnumerable<string>)refusal.Extensions["allowed"]!));
    }

    [Theory]
    [InlineData("new")]
    [InlineData(" New ")]
    public void Not_to_what_it_is(string status) => ChangeStatus.Decide(Intake("New"), To(status), Now).Then();

    [Fact]
    public void Only_to_what_intake_tickets_know() =>
        RefusesField("status", () => ChangeStatus.Decide(Intake("New"), To("Sent to DMV"), Now));

    [Fact]
    public void In_any_direction_on_imported_tickets() => ChangeStatus
        .Decide(Given(Imported("Closed")), To("Waiting for county"), Now)
        .Then(new TicketStatusChanged(
            "Closed", "Waiting for county", Ann, "Renewal", "CA", FactOrigin.Command, "sam", Now, 2));

    [Theory]
    [InlineData("Open", "State Rej/Hold", true)]
    [InlineData("Rejected by County", "State Rej/Hold", false)]
    [InlineData("State Rej/Hold", "Open", false)]
    public void Into_a_rejection_status_sends_imported_work_back(string from, string to, bool sendsBack)
    {
        var change = ChangeStatus.Decide(Given(Imported(from)), To(to), Now);
        Assert.Equal(sendsBack, Assert.IsType<TicketStatusChanged>(Assert.Single(change)).SendsBack);
    }

    [Fact]
    public void To_Rejected_is_no_rejection_of_an_intake_ticket() => Assert.False(
        Assert.IsType<TicketStatusChanged>(Assert.Single(ChangeStatus.Decide(
            Intake("New"), To("Rejected"), Now))).SendsBack);

    [Fact]
    public void At_an_instant_of_the_past()
    {
        var at = Created.AddHours(5);
        var change = ChangeStatus.Decide(Given(Imported()), To("Closed") with { At = at }, Now);
        Assert.Equal(at, Assert.IsType<TicketStatusChanged>(Assert.Single(change)).OccurredAt);
    }

    [Fact]
    public void Not_in_the_future() => RefusesField("at", () => ChangeStatus.Decide(
        Given(Imported()), To("Closed") with { At = Now.AddSeconds(1) }, Now));

    [Fact]
    public void Not_before_the_ticket_was() => RefusesField("at", () => ChangeStatus.Decide(
        Given(Imported()), To("Closed") with { At = Created.AddSeconds(-1) }, Now));

    private static Ticket Intake(string status) => status == "New"
        ? Given(Submitted(Ann))
        : Given(Submitted(Ann), Moved("New", status, 2));

    private static ChangeStatus.Command To(string status) => new(status, null, "sam");
}
