using System.Text.Json.Serialization;

namespace Performance.Contracts;

/// <summary>How a ticket came to be.</summary>
public enum TicketKind
{
    /// <summary>From a file or a sync; the work that the scorecard counts.</summary>
    Imported,

    /// <summary>Filed by a requestor.</summary>
    Intake,

    /// <summary>Recorded by an agent for work already done.</summary>
    SelfLogged
}

/// <summary>What made an assignment or a rejection.</summary>
public enum FactOrigin
{
    /// <summary>Read from an import; nobody is told.</summary>
    Import,

    /// <summary>A person's or an integration's command.</summary>
    Command,

    /// <summary>A rule of the system, such as auto-assignment.</summary>
    System
}

/// <summary>A fact about one ticket, from TicketService (feed <c>tickets</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(TicketOpened), "opened")]
[JsonDerivedType(typeof(TicketAssigned), "assigned")]
[JsonDerivedType(typeof(TicketStatusChanged), "status")]
[JsonDerivedType(typeof(TicketReclassified), "reclassified")]
[JsonDerivedType(typeof(TicketRejected), "rejected")]
[JsonDerivedType(typeof(TicketRejectionRemoved), "rejection-removed")]
[JsonDerivedType(typeof(TicketExcused), "excused")]
[JsonDerivedType(typeof(TicketExcuseWithdrawn), "excuse-withdrawn")]
[JsonDerivedType(typeof(TicketDisputed), "disputed")]
[JsonDerivedType(typeof(TicketDisputeDecided), "dispute-decided")]
[JsonDerivedType(typeof(SourceStatusesDefined), "source-statuses")]
[JsonDerivedType(typeof(WorkDayLogged), "work-day")]
[JsonDerivedType(typeof(WorkDayCleared), "work-day-cleared")]
public abstract record TicketFact : Fact;

/// <summary>Base of the facts that belong to one ticket's stream.</summary>
public abstract record TicketStreamFact : TicketFact
{
    /// <summary>The ticket's own, opaque id.</summary>
    public required Guid TicketId { get; init; }

    /// <summary>
    /// The step of the ticket's history, from 1. Facts of one imported row, or of one command, share a step: they
    /// happened together (scorecard.md, "the events of one imported row happen together").
    /// </summary>
    public required int Step { get; init; }
}

/// <summary>A ticket was imported, filed or logged. <c>OccurredAt</c> is its creation.</summary>
/// <param name="Kind">How it came.</param>
/// <param name="Source">Name of the importing source, for example <c>servicenow</c>; <c>portal</c> for the
/// rest.</param>
/// <param name="ExternalId">Its id at the source.</param>
/// <param name="Title">Short title, for lists; null where erased.</param>
/// <param name="Type">Transaction type, or null.</param>
/// <param name="State">State (region) processed for, or null.</param>
/// <param name="Status">Its first known status.</param>
/// <param name="StatusAt">
/// When it had that status: the first row's own instant; of a snapshot Date Done or Date Closed where there is one.
/// </param>
/// <param name="AgentId">Its first assignee, or null.</param>
public sealed record TicketOpened(
    TicketKind Kind,
    string Source,
    string ExternalId,
    string? Title,
    string? Type,
    string? State,
    string Status,
    DateTimeOffset StatusAt,
    Guid? AgentId) : TicketStreamFact;

/// <summary>The ticket has another assignee.</summary>
/// <param name="AgentId">The new assignee; null puts it back into the queue.</param>
/// <param name="Origin">Import assignments notify nobody.</param>
/// <param name="By">User name of who did it, or null for imports.</param>
public sealed record TicketAssigned(Guid? AgentId, FactOrigin Origin, string? By) : TicketStreamFact;

/// <summary>The ticket's status changed.</summary>
/// <param name="From">The status before.</param>
/// <param name="To">The status after, as spelled at the source.</param>
/// <param name="AgentId">Who had the ticket then, or null.</param>
/// <param name="Origin">Import changes notify nobody.</param>
/// <param name="By">User name of who did it, or null for imports.</param>
/// <param name="SendsBack">
/// A command put imported work into a rejection status: a rejection event of its own, unless a label comes with it.
/// </param>
public sealed record TicketStatusChanged(
    string From, string To, Guid? AgentId = null, FactOrigin Origin = FactOrigin.Import, string? By = null,
    bool SendsBack = false) : TicketStreamFact;

/// <summary>Type or state became known or changed; both are the values after the change.</summary>
public sealed record TicketReclassified(string? Type, string? State) : TicketStreamFact;

/// <summary>One rejection label was put on the ticket: one rejection event.</summary>
/// <param name="Label">The defect's label.</param>
/// <param name="Origin">Import rejections notify nobody.</param>
/// <param name="By">User name of who recorded it, or null for imports.</param>
/// <param name="AgentId">Who had the ticket then, or null.</param>
public sealed record TicketRejected(string Label, FactOrigin Origin, string? By, Guid? AgentId = null)
    : TicketStreamFact;

/// <summary>A label seen before is gone: the rejection counts as if it had never been.</summary>
/// <param name="RejectionEventId"><see cref="Fact.EventId"/> of the <see cref="TicketRejected"/> that it takes
/// back.</param>
/// <param name="Label">The label.</param>
public sealed record TicketRejectionRemoved(Guid RejectionEventId, string Label) : TicketStreamFact;

/// <summary>A supervisor excused rejections of the ticket.</summary>
/// <param name="RejectionEventId">
/// The one rejection event (a <see cref="TicketRejected"/>, or the status change into a rejection status); null: all
/// rejection events up to now.
/// </param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; free text.</param>
/// <param name="AgentId">Who had the ticket then; null also in facts from before this was kept.</param>
/// <param name="DisputeEventId">The dispute that it settles, whose end is a fact of its own; or null.</param>
public sealed record TicketExcused(
    Guid? RejectionEventId, string By, string Reason, Guid? AgentId = null, Guid? DisputeEventId = null)
    : TicketStreamFact;

/// <summary>An excuse was taken back; the same scope as the excuse.</summary>
/// <param name="RejectionEventId">As in <see cref="TicketExcused"/>.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; free text.</param>
/// <param name="AgentId">Who had the ticket then; null also in facts from before this was kept.</param>
public sealed record TicketExcuseWithdrawn(
    Guid? RejectionEventId, string By, string Reason, Guid? AgentId = null) : TicketStreamFact;

/// <summary>The ticket's agent disputes rejections of it. <see cref="Fact.EventId"/> identifies the dispute.</summary>
/// <param name="RejectionEventId">The one rejection event; null: all that counted then.</param>
/// <param name="AgentId">The agent.</param>
/// <param name="By">User name of the agent.</param>
public sealed record TicketDisputed(Guid? RejectionEventId, Guid? AgentId, string By) : TicketStreamFact;

/// <summary>A supervisor ended a dispute; what was accepted is also a <see cref="TicketExcused"/>.</summary>
/// <param name="DisputeEventId"><see cref="Fact.EventId"/> of the <see cref="TicketDisputed"/>.</param>
/// <param name="Accepted">Excused, or still counted.</param>
/// <param name="AgentId">Who had disputed.</param>
/// <param name="By">User name of the supervisor.</param>
public sealed record TicketDisputeDecided(Guid DisputeEventId, bool Accepted, Guid? AgentId, string By)
    : TicketStreamFact;

/// <summary>
/// How statuses of one source are to be read (scorecard.md section 1). Patterns: compared without case and
/// surrounding space; a trailing <c>*</c> is a prefix. An empty list means the defaults of scorecard.md.
/// </summary>
/// <param name="Source">The source's name.</param>
/// <param name="Terminal">The work is processed.</param>
/// <param name="Closed">The subset of terminal that counts as closed.</param>
/// <param name="Hold">The work waits.</param>
public sealed record SourceStatusesDefined(
    string Source,
    IReadOnlyList<string> Terminal,
    IReadOnlyList<string> Closed,
    IReadOnlyList<string> Hold) : TicketFact;

/// <summary>An agent's productivity log of one day has this many entries now.</summary>
/// <param name="AgentId">Whose log.</param>
/// <param name="Date">The log's date.</param>
/// <param name="Entries">Rows of the day, 0 or more.</param>
public sealed record WorkDayLogged(Guid AgentId, DateOnly Date, int Entries) : TicketFact;

/// <summary>An agent's log of one day was emptied: the day has no log any more.</summary>
/// <param name="AgentId">Whose log.</param>
/// <param name="Date">The log's date.</param>
public sealed record WorkDayCleared(Guid AgentId, DateOnly Date) : TicketFact;
