using Performance.Contracts;

namespace Performance.Notifications.Intake;

/// <summary>What an assignment causes. Pure.</summary>
internal static class Assignments
{
    public const string Kind = "ticket-assigned";

    /// <summary>The assignments that somebody is told of: not those that an import brought.</summary>
    public static IEnumerable<TicketAssigned> Announced(IReadOnlyList<TicketFact> facts) => facts
        .OfType<TicketAssigned>()
        .Where(fact => fact is { AgentId: not null, Origin: FactOrigin.Command or FactOrigin.System });

    public static Notice Decide(TicketAssigned fact, DateTimeOffset now) =>
        Notice.ToAgent(fact, fact.AgentId!.Value, Kind, fact.By, now);
}
