using Performance.Contracts;

namespace Performance.Tickets.Imports;

/// <summary>One ticket of an event log, imported once or several times.</summary>
internal static class Log
{
    public static readonly EventLogHistory History = new(new ImportMapping
    {
        Profile = ImportMapping.EventLog, Source = "s", TicketId = "id", Status = "status", At = "at",
        Terminal = ["Resolved", "Closed"], Closed = ["Closed"],
        SentBack = new SentBackRule { From = ["Resolved", "Closed"], Label = "Sent back from {from}" }
    });

    public static DateTimeOffset Day(int day) => new(2026, 1, 1 + day, 12, 0, 0, TimeSpan.Zero);

    public static (ImportRow, Guid?) Row(int day, string? status, Guid? agent, string? type = "Cat") => (
        new ImportRow(day, "T1", Day(day), null, status, agent?.ToString(), type, "CA", "T1"), agent);

    public static TicketChanges Import(params (ImportRow, Guid?)[] rows) => History.Decide(rows, null, null);

    public static TicketChanges Again(TicketChanges first, params (ImportRow, Guid?)[] rows) =>
        History.Decide(rows, first.Memory, Current(first));

    /// <summary>The ticket after these changes.</summary>
    public static CurrentTicket Current(params TicketChanges[] changes)
    {
        var events = changes.SelectMany(c => c.Events).ToArray();
        var ticket = Spec.Given(events);
        return new CurrentTicket(
            events.Length, ticket.Step, ticket.Status, ticket.AgentId, ticket.Type, ticket.State, ticket.Title);
    }
}
