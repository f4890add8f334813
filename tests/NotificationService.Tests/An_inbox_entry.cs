using Performance.Notifications.Inbox;
using Performance.ServiceDefaults.Problems;

namespace Performance.Notifications;

public sealed class An_inbox_entry
{
    private static readonly InboxEntryAdded Added =
        new(Guid.NewGuid(), Guid.NewGuid(), "ticket-assigned", Guid.NewGuid(), "supervisor", Given.Now);

    private static readonly HashSet<Guid> Own = [Added.AgentId];

    [Fact]
    public void Is_read_once()
    {
        var read = new InboxEntryRead(Added.EntryId, Given.Now);
        Assert.Equal([read], InboxEntry.Decide(Given.Entry(Added), Own, Given.Now));
        Assert.Empty(InboxEntry.Decide(Given.Entry(Added, read), Own, Given.Now));
        Assert.False(Given.Entry(Added, read)!.Unread);
    }

    [Fact]
    public void Of_somebody_else_is_as_if_it_were_not_there()
    {
        Assert.Throws<NotFoundException>(() => InboxEntry.Decide(Given.Entry(Added), new HashSet<Guid>(), Given.Now));
        Assert.Throws<NotFoundException>(() => InboxEntry.Decide(null, Own, Given.Now));
    }
}
