using Performance.Coaching.Sessions;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching;

public sealed class Coaching_sessions
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly Guid Agent = Guid.NewGuid();
    private static readonly DateOnly Today = DateOnly.FromDateTime(Given.Now.Date);
    private static readonly RecordSession.Command Command = new(
        Id, Agent, null, Today, "Talked about intake.", new ActionItem("Read the guide", ActionOwner.Agent, null));

    private static readonly SessionRecorded Recorded = new(
        Id, Agent, null, Today, "Talked about intake.", Command.ActionItem, "supervisor", Given.Now);

    [Fact]
    public void Logging_one_is_an_event() =>
        Assert.Equal([Recorded], RecordSession.Decide(null, Command, "supervisor", Given.Now));

    [Fact]
    public void Logging_it_again_is_none() => Assert.Empty(RecordSession.Decide(
        Given.Session(Recorded, Acknowledged), Command, "supervisor", Given.Now.AddHours(1)));

    [Fact]
    public void Another_one_with_its_id_is_refused() => Assert.Throws<DomainException>(() => RecordSession.Decide(
        Given.Session(Recorded), Command with { Notes = "Something else." }, "supervisor", Given.Now));

    [Fact]
    public void It_is_acknowledged_once()
    {
        Assert.Equal([Acknowledged], AnswerSession.Acknowledge(Given.Session(Recorded), "agent", Given.Now));
        Assert.Empty(AnswerSession.Acknowledge(Given.Session(Recorded, Acknowledged), "agent", Given.Now));
        Assert.Throws<NotFoundException>(() => AnswerSession.Acknowledge(null, "agent", Given.Now));
    }

    [Fact]
    public void An_action_item_is_done_and_can_be_reopened()
    {
        var done = new ActionItemDone(Id, "agent", Given.Now);
        var reopened = new ActionItemReopened(Id, "agent", Given.Now);
        Assert.Equal([done], Mark(true, Recorded));
        Assert.Empty(Mark(true, Recorded, done));
        Assert.Equal([reopened], Mark(false, Recorded, done));
        Assert.Empty(Mark(false, Recorded, done, reopened));
        Assert.Throws<DomainException>(() => Mark(true, Recorded with { ActionItem = null }));
    }

    [Theory]
    [InlineData(null, "2026-03-02", "Notes", null, "agentId")]
    [InlineData("17", "2026-03-02", "Notes", null, "agentId")]
    [InlineData("*", null, "Notes", null, "date")]
    [InlineData("*", "2026-02-30", "Notes", null, "date")]
    [InlineData("*", "2026-03-04", "Notes", null, "date")]
    [InlineData("*", "2026-03-02", "  ", null, "notes")]
    [InlineData("*", "2026-03-02", "a\u0000b", null, "notes")]
    [InlineData("*", "2026-03-02", "Notes", "", "actionItem.text")]
    [InlineData("*", "2026-03-02", "Notes", "a\nb", "actionItem.text")]
    public void What_cannot_be_one_is_refused_by_field(
        string? agent, string? date, string notes, string? action, string field)
    {
        var body = new RecordSession.Body(
            agent == "*" ? Agent.ToString() : agent, null, date, notes,
            action is null ? null : new RecordSession.Item(action, null, null), null);
        Assert.Equal(field, Assert.Throws<InvalidFieldException>(() => RecordSession.Read(Id, body, Today)).Field);
    }

    private static SessionAcknowledged Acknowledged => new(Id, "agent", Given.Now);

    private static IReadOnlyList<object> Mark(bool done, params object[] events) =>
        AnswerSession.MarkActionItem(Given.Session(events), done, "agent", Given.Now);
}
