using Performance.Contracts;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary>Given events, when a command, then events: reads like the specification.</summary>
internal static class Spec
{
    public static readonly DateTimeOffset Created = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2026, 3, 20, 15, 30, 0, TimeSpan.Zero);
    public static readonly Guid Id = Guid.Parse("11111111-1111-4111-8111-111111111111");
    public static readonly Guid Ann = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    public static readonly Guid Bob = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");

    public static TicketImported Imported(string status = "Open", Guid? agentId = null) => new(
        "clickup", "T1", "A title", "Renewal", "CA", status, Created, agentId ?? Ann, Created, 1);

    public static TicketSubmitted Submitted(Guid? agentId = null) => new(
        "T-000001", "Rita", "rita@example.org", "it", "Help", "Please", agentId, Created, 1);

    public static TicketStatusChanged Moved(string from, string to, int step) => new(
        from, to, Ann, "Renewal", "CA", FactOrigin.Command, "sam", Created.AddDays(step), step);

    public static RejectionRecorded Rejected(string label, int step) => new(
        label, Ann, "Renewal", "CA", FactOrigin.Command, "sam", Created.AddDays(step), step);

    /// <summary>Event ids as the fold sees them: the n-th event has this one.</summary>
    public static Guid EventId(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static Ticket Given(params object[] events) => events.Index()
        .Aggregate((Ticket?)null, (ticket, e) => Ticket.Evolve(ticket, Id, EventId(e.Index + 1), e.Item))!;

    public static void Then(this IReadOnlyList<object> events, params object[] expected) =>
        Assert.Equal(expected, events);

    /// <summary>The command is malformed, and the refusal names this field.</summary>
    public static void RefusesField(string field, Action when) =>
        Assert.Equal(field, Assert.Throws<InvalidFieldException>(when).Field);
}
