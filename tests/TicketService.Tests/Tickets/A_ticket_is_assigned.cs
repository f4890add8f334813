using Performance.Contracts;
using Performance.ServiceDefaults.Problems;
using static Performance.Tickets.Spec;

namespace Performance.Tickets;

public sealed class A_ticket_is_assigned
{
    private static readonly AssignTicket.Command ToBob = new(Bob, "sam");

    [Fact]
    public void To_another_agent() => AssignTicket.Decide(Given(Imported()), ToBob, Now)
        .Then(new TicketAssigned(Bob, Ann, FactOrigin.Command, "sam", Now, 2));

    [Fact]
    public void Once() => AssignTicket.Decide(Given(Imported(agentId: Bob)), ToBob, Now).Then();

    [Fact]
    public void From_the_queue() => AssignTicket.Decide(Given(Submitted()), ToBob, Now)
        .Then(new TicketAssigned(Bob, null, FactOrigin.Command, "sam", Now, 2));

    [Fact]
    public void But_not_an_intake_ticket_that_has_ended() => Assert.Throws<DomainException>(() => AssignTicket.Decide(
        Given(Submitted(Ann), Moved("New", "On Progress", 2), Moved("On Progress", "Closed", 3)), ToBob, Now));
}
