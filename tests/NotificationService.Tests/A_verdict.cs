using Performance.Contracts;
using Performance.Notifications.Intake;

namespace Performance.Notifications;

public sealed class A_verdict
{
    private static readonly Guid Agent = Guid.NewGuid();

    [Fact]
    public void On_an_agent_s_ticket_concerns_the_agent()
    {
        TicketFact[] facts =
        [
            Given.Rejected(Agent), Given.Rejected(Agent, FactOrigin.System), Given.Excused(Agent),
            Given.SentBack(Agent), Given.SentBack(Agent, FactOrigin.System), Given.Withdrawn(Agent),
            Given.Disputed(Agent), Given.Decided(Agent, true)
        ];
        Assert.All(facts, fact => Assert.Equal(Agent, Verdicts.Concerned(fact)));
    }

    [Fact]
    public void From_an_import_or_on_nobody_s_ticket_concerns_nobody()
    {
        TicketFact[] facts =
        [
            Given.Rejected(Agent, FactOrigin.Import), Given.Rejected(null), Given.Excused(null), Given.Assigned(Agent),
            Given.SentBack(Agent, FactOrigin.Import), Given.SentBack(null), Given.Withdrawn(null),
            Given.SentBack(Agent) with { SendsBack = false }
        ];
        Assert.All(facts, fact => Assert.Null(Verdicts.Concerned(fact)));
    }

    [Fact]
    public void That_settles_a_dispute_is_told_as_its_end_only() =>
        Assert.Null(Verdicts.Concerned(Given.Excused(Agent, dispute: Guid.NewGuid())));

    [Fact]
    public void Is_told_to_the_agent_by_entry_and_email()
    {
        Assert.Equal("ticket-rejected", Told(Given.Rejected(Agent)));
        Assert.Equal("ticket-sent-back", Told(Given.SentBack(Agent)));
        Assert.Equal("excuse-withdrawn", Told(Given.Withdrawn(Agent)));
        Assert.Equal("ticket-excused", Told(Given.Excused(Agent)));
        Assert.Equal("dispute-accepted", Told(Given.Decided(Agent, true)));
        Assert.Equal("dispute-declined", Told(Given.Decided(Agent, false)));
    }

    [Fact]
    public void Asked_for_waits_in_the_inbox_of_the_team_s_supervisors()
    {
        var fact = Given.Disputed(Agent);
        var notice = Verdicts.Decide(fact, Agent, "north", Given.Now)!;
        Assert.Equal(
            (StreamIds.TeamInbox("north"), "ticket-disputed", "robin", fact.TicketId),
            (notice.Entry.AgentId, notice.Entry.Kind, notice.Entry.By, notice.Entry.TicketId));
        Assert.Null(notice.Delivery);
        Assert.Null(Verdicts.Decide(fact, Agent, null, Given.Now));
    }

    [Fact]
    public void Asked_for_once_is_one_entry_whatever_team_the_agent_is_in_later()
    {
        var fact = Given.Disputed(Agent);
        Assert.Equal(
            Verdicts.Decide(fact, Agent, "north", Given.Now)!.Entry.EntryId,
            Verdicts.Decide(fact, Agent, "south", Given.Now)!.Entry.EntryId);
    }

    [Fact]
    public void Of_long_ago_is_mailed_to_nobody() => Assert.Equal(
        Notice.TooOld, Verdicts.Decide(Given.Rejected(Agent), Agent, null, Given.Now.AddDays(2))!.Skipped!.Reason);

    private static string Told(TicketFact fact)
    {
        var notice = Verdicts.Decide(fact, Agent, null, Given.Now)!;
        Assert.Equal(
            (Agent, Agent, notice.Entry.Kind),
            (notice.Entry.AgentId, notice.Delivery!.AgentId, notice.Delivery.Template));
        return notice.Entry.Kind;
    }
}
