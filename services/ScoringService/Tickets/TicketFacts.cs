namespace Performance.Scoring.Tickets;

/// <summary>What is true of a ticket now; stored as one number, so that a scorecard groups by it.</summary>
[Flags]
internal enum TicketFlags
{
    None = 0,
    Terminal = 1,
    Closed = 2,
    Hold = 4,
    FirstPass = 8,
    FailedFirstPass = 16,
    Excused = 32,
    Rejected = 64,
    ReRejected = 128,

    /// <summary>Has a rejection event, excused or not.</summary>
    AnyRejection = 256,

    /// <summary>Has had a status change since its creation.</summary>
    Moved = 512
}

/// <summary>A rejection event that counts, or would if it were not excused.</summary>
/// <param name="EventId">Id of the label's event, or of the status change.</param>
/// <param name="Cause">The label, or the rejection status.</param>
/// <param name="FromStatus">Whether it is an entry into a rejection status without a label.</param>
/// <param name="At">When.</param>
/// <param name="Round">The round it belongs to, from 1.</param>
/// <param name="AgentId">Who had the ticket when it was sent back.</param>
/// <param name="Excuse">The excuse of a supervisor, or null.</param>
/// <param name="BeforeTerminal">Whether it comes before the latest terminal entry, or together with it.</param>
internal sealed record RejectionEvent(
    Guid EventId,
    string Cause,
    bool FromStatus,
    DateTimeOffset At,
    int Round,
    Guid? AgentId,
    Excuse? Excuse,
    bool BeforeTerminal)
{
    public bool Excused => Excuse is not null;
}

/// <summary>Who excused a rejection event, why and when.</summary>
internal sealed record Excuse(string By, string Reason, DateTimeOffset At);

/// <summary>A ticket by the words of scorecard.md section 1.</summary>
internal sealed record TicketFacts(
    string Status,
    Guid? AgentId,
    TicketFlags Flags,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? FirstMoveAt,
    DateTimeOffset? HoldSince,
    IReadOnlyList<RejectionEvent> Rejections)
{
    public int RejectEvents => Rejections.Count(r => !r.Excused);

    public bool Is(TicketFlags flag) => (Flags & flag) != 0;

    /// <summary>With credit at rejection: who answers for the ticket being rejected, the latest time it was.</summary>
    public Guid? RejectedAgent => Rejections.LastOrDefault(r => !r.Excused)?.AgentId;

    /// <summary>With credit at rejection: who answers for the failed first pass.</summary>
    public Guid? FailedAgent => Rejections.LastOrDefault(r => !r.Excused && r.BeforeTerminal)?.AgentId;
}
