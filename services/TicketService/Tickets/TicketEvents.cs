using Performance.Contracts;

namespace Performance.Tickets;

// The events of a ticket's stream; the stream's id is the ticket's own, opaque id. OccurredAt is when it happened in
// the business. Events of one imported row, or of one command, share a Step: they happened together. Who had the
// ticket and how it was classified then is repeated where scores are grouped by it.

/// <summary>A ticket was met in an import for the first time.</summary>
/// <param name="Source">Name of the importing source.</param>
/// <param name="ExternalId">The ticket's id there.</param>
/// <param name="Title">Title, for lists.</param>
/// <param name="Type">Transaction type.</param>
/// <param name="State">State (region).</param>
/// <param name="Status">Its first known status.</param>
/// <param name="StatusAt">When it had that status.</param>
/// <param name="AgentId">Its first assignee.</param>
/// <param name="OccurredAt">Its creation at the source.</param>
/// <param name="Step">Always 1.</param>
internal sealed record TicketImported(
    string Source,
    string ExternalId,
    string? Title,
    string? Type,
    string? State,
    string Status,
    DateTimeOffset StatusAt,
    Guid? AgentId,
    DateTimeOffset OccurredAt,
    int Step);

/// <summary>A requestor filed a ticket. Name, e-mail, subject and description can be erased.</summary>
internal sealed record TicketSubmitted(
    string Number,
    string Name,
    string Email,
    string Department,
    string Subject,
    string Description,
    Guid? AgentId,
    DateTimeOffset OccurredAt,
    int Step);

/// <summary>The ticket has another assignee; null puts it back into the queue.</summary>
internal sealed record TicketAssigned(
    Guid? AgentId, Guid? Previous, FactOrigin Origin, string? By, DateTimeOffset OccurredAt, int Step);

/// <summary>The status changed; also what re-opening is.</summary>
/// <param name="From">The status before.</param>
/// <param name="To">The status after.</param>
/// <param name="AgentId">Who had the ticket.</param>
/// <param name="Type">Its transaction type then.</param>
/// <param name="State">Its state (region) then.</param>
/// <param name="Origin">What made the change.</param>
/// <param name="By">User name of who did it, or null for imports.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Step">The step of the ticket's history.</param>
/// <param name="SendsBack">A command put imported work into a rejection status; false in older events.</param>
internal sealed record TicketStatusChanged(
    string From,
    string To,
    Guid? AgentId,
    string? Type,
    string? State,
    FactOrigin Origin,
    string? By,
    DateTimeOffset OccurredAt,
    int Step,
    bool SendsBack = false);

/// <summary>Type or state became known or changed; both are the values after it.</summary>
internal sealed record TicketReclassified(string? Type, string? State, DateTimeOffset OccurredAt, int Step);

/// <summary>The source shows another title.</summary>
internal sealed record TicketRenamed(string Title, DateTimeOffset OccurredAt, int Step);

/// <summary>One rejection label was put on the ticket: one rejection event.</summary>
internal sealed record RejectionRecorded(
    string Label,
    Guid? AgentId,
    string? Type,
    string? State,
    FactOrigin Origin,
    string? By,
    DateTimeOffset OccurredAt,
    int Step);

/// <summary>The source no longer shows a label: that rejection counts as if it had never been.</summary>
/// <param name="RejectionEventId">Id of the <see cref="RejectionRecorded"/> that it takes back.</param>
/// <param name="Label">The label.</param>
/// <param name="OccurredAt">When it was seen to be gone.</param>
/// <param name="Step">The step of the ticket's history.</param>
internal sealed record RejectionLabelRemoved(
    Guid RejectionEventId, string Label, DateTimeOffset OccurredAt, int Step);

/// <summary>A supervisor excused one rejection event, or (null) all that there were.</summary>
/// <param name="RejectionEventId">The one rejection event, or null.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; free text, can be erased.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Step">The step of the ticket's history.</param>
/// <param name="AgentId">Who had the ticket; null also in events from before this was kept.</param>
/// <param name="DisputeEventId">The dispute that it settles, or null.</param>
internal sealed record RejectionsExcused(
    Guid? RejectionEventId,
    string By,
    string Reason,
    DateTimeOffset OccurredAt,
    int Step,
    Guid? AgentId = null,
    Guid? DisputeEventId = null);

/// <summary>An excuse was taken back; its scope as in <see cref="RejectionsExcused"/>.</summary>
/// <param name="RejectionEventId">The one rejection event, or null.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; free text, can be erased.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Step">The step of the ticket's history.</param>
/// <param name="AgentId">Who had the ticket; null also in events from before this was kept.</param>
internal sealed record ExcuseWithdrawn(
    Guid? RejectionEventId, string By, string Reason, DateTimeOffset OccurredAt, int Step, Guid? AgentId = null);

/// <summary>The ticket's agent says that one rejection event, or (null) all that count, is not their fault.</summary>
internal sealed record RejectionDisputed(
    Guid? RejectionEventId, Guid? AgentId, string By, string Reason, DateTimeOffset OccurredAt, int Step);

/// <summary>A supervisor ended a dispute. Where it was accepted, the excuse is an event of its own.</summary>
/// <param name="DisputeEventId">Id of the <see cref="RejectionDisputed"/>.</param>
/// <param name="RejectionEventId">What was disputed, as there.</param>
/// <param name="Accepted">Excused, or still counted.</param>
/// <param name="AgentId">Who had disputed it.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; free text, can be erased.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Step">The step of the ticket's history.</param>
internal sealed record DisputeDecided(
    Guid DisputeEventId,
    Guid? RejectionEventId,
    bool Accepted,
    Guid? AgentId,
    string By,
    string Reason,
    DateTimeOffset OccurredAt,
    int Step);
