using Performance.Contracts;
using Performance.Notifications.Deliveries;
using Performance.Notifications.Intake;

namespace Performance.Notifications;

public sealed class An_assignment
{
    private static readonly Guid Agent = Guid.NewGuid();

    [Fact]
    public void By_a_person_or_a_rule_is_announced_and_by_an_import_is_not()
    {
        TicketFact[] facts =
        [
            Given.Assigned(Agent), Given.Assigned(Agent, FactOrigin.System), Given.Assigned(Agent, FactOrigin.Import),
            Given.Assigned(null)
        ];
        Assert.Equal(facts[..2], Assignments.Announced(facts));
    }

    [Fact]
    public void Puts_an_entry_into_the_inbox_and_queues_an_email()
    {
        var fact = Given.Assigned(Agent);
        var notice = Assignments.Decide(fact, Given.Now);
        Assert.Equal((Agent, fact.TicketId, "ticket-assigned", "supervisor"), (
            notice.Entry.AgentId, notice.Entry.TicketId, notice.Entry.Kind, notice.Entry.By));
        Assert.Equal((Agent, fact.TicketId, "email", false), (
            notice.Delivery!.AgentId, notice.Delivery.TicketId, notice.Delivery.Channel, notice.Delivery.Urgent));
        Assert.Null(notice.Skipped);
    }

    [Fact]
    public void Heard_of_twice_has_the_same_ids()
    {
        var fact = Given.Assigned(Agent);
        var (first, second) = (Assignments.Decide(fact, Given.Now), Assignments.Decide(fact, Given.Now.AddHours(1)));
        Assert.Equal(
            (first.Entry.EntryId, first.Delivery!.DeliveryId), (second.Entry.EntryId, second.Delivery!.DeliveryId));
        Assert.NotEqual(first.Entry.EntryId, first.Delivery.DeliveryId);
    }

    [Fact]
    public void Of_long_ago_is_mailed_to_nobody()
    {
        var notice = Assignments.Decide(
            Given.Assigned(Agent, recordedAt: Given.Now.AddDays(-1).AddSeconds(-1)), Given.Now);
        Assert.Equal(Notice.TooOld, notice.Skipped!.Reason);
        Assert.Equal(DeliveryState.Skipped, Given.Delivery(notice.Delivery!, notice.Skipped)!.State);
    }
}
