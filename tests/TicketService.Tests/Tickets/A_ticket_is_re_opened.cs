using Performance.Contracts;
using Performance.ServiceDefaults.Problems;
using static Performance.Tickets.Spec;

namespace Performance.Tickets;

public sealed class A_ticket_is_re_opened
{
    private static readonly ReopenTicket.Command Sam = new("sam");

    [Theory]
    [InlineData("Closed")]
    [InlineData("Rejected")]
    public void When_an_intake_ticket_has_ended(string status) => Reopen(Given(Submitted(Ann), Moved("New", status, 2)))
        .Then(new TicketStatusChanged(status, "On Progress", Ann, null, null, FactOrigin.Command, "sam", Now, 3));

    [Fact]
    public void When_imported_work_is_processed() => Reopen(Given(Imported("Sent to DMV")))
        .Then(new TicketStatusChanged(
            "Sent to DMV", "On Progress", Ann, "Renewal", "CA", FactOrigin.Command, "sam", Now, 2));

    [Fact]
    public void By_what_its_own_source_calls_terminal()
    {
        var classes = StatusClasses.From(["Resolved"], [], []);
        Assert.Single(ReopenTicket.Decide(Given(Imported("Resolved")), Sam, classes, Now));
        Assert.Throws<DomainException>(() => ReopenTicket.Decide(Given(Imported("Closed")), Sam, classes, Now));
    }

    [Fact]
    public void Once() => Reopen(Given(Submitted(Ann), Moved("New", "Closed", 2), Moved("Closed", "On Progress", 3)))
        .Then();

    [Fact]
    public void But_not_before_it_has_ended()
    {
        Assert.Throws<DomainException>(() => Reopen(Given(Submitted(Ann))));
        Assert.Throws<DomainException>(() => Reopen(Given(Imported("Open"))));
    }

    private static IReadOnlyList<object> Reopen(Ticket ticket) =>
        ReopenTicket.Decide(ticket, Sam, StatusClasses.Default, Now);
}
