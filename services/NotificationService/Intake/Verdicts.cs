using Performance.Contracts;

namespace Performance.Notifications.Intake;

/// <summary>What a rejection, an excuse, its end and a dispute cause. Pure.</summary>
internal static class Verdicts
{
    public const string Rejected = "ticket-rejected";
    public const string SentBack = "ticket-sent-back";
    public const string Excused = "ticket-excused";
    public const string Withdrawn = "excuse-withdrawn";
    public const string Disputed = "ticket-disputed";
    public const string Accepted = "dispute-accepted";
    public const string Declined = "dispute-declined";

    /// <summary>Whom facts concern: the agent, or (null) nobody that is told.</summary>
    public static Guid? Concerned(TicketFact fact) => fact switch
    {
        // Whoever imports a year of rejections must not set off a year of mails.
        TicketRejected { Origin: FactOrigin.Command or FactOrigin.System } f => f.AgentId,
        TicketStatusChanged { SendsBack: true, Origin: FactOrigin.Command or FactOrigin.System } f => f.AgentId,
        // An excuse that settles a dispute is told as the dispute's end.
        TicketExcused { DisputeEventId: null } f => f.AgentId,
        TicketExcuseWithdrawn f => f.AgentId,
        TicketDisputed f => f.AgentId,
        TicketDisputeDecided f => f.AgentId,
        _ => null
    };

    /// <param name="fact">What happened.</param>
    /// <param name="agentId">Whom it concerns.</param>
    /// <param name="team">The agent's team; null: nobody supervises the agent.</param>
    /// <param name="now">The instant.</param>
    public static Notice? Decide(TicketFact fact, Guid agentId, string? team, DateTimeOffset now) => fact switch
    {
        TicketRejected f => Notice.ToAgent(f, agentId, Rejected, f.By, now),
        TicketStatusChanged f => Notice.ToAgent(f, agentId, SentBack, f.By, now),
        TicketExcuseWithdrawn f => Notice.ToAgent(f, agentId, Withdrawn, f.By, now),
        TicketExcused f => Notice.ToAgent(f, agentId, Excused, f.By, now),
        TicketDisputeDecided f => Notice.ToAgent(f, agentId, f.Accepted ? Accepted : Declined, f.By, now),
        TicketDisputed f when team is not null => Notice.ToSupervisors(f, agentId, team, Disputed, f.By),
        _ => null
    };
}
