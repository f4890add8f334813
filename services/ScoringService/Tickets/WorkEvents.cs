using System.Text.Json.Serialization;

namespace Performance.Scoring.Tickets;

/// <summary>How a ticket came to be; the scorecard counts <see cref="Imported"/> ones.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkKind>))]
internal enum WorkKind
{
    Imported,
    Intake,
    SelfLogged
}

/// <summary>
/// One step in the life of a ticket, as Scoring keeps it. <c>FactId</c> is the id of the event in the producer's store
/// (excuses refer to it), <c>Step</c> says what happened together, <c>RecordedAt</c> when the producer learned it.
/// </summary>
internal abstract record WorkEvent
{
    public required Guid TicketId { get; init; }

    public required Guid FactId { get; init; }

    public required int Step { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed record WorkOpened(
    WorkKind Kind,
    string Source,
    string ExternalId,
    string? Title,
    string? Type,
    string? State,
    string Status,
    DateTimeOffset StatusAt,
    Guid? AgentId) : WorkEvent;

internal sealed record WorkAssigned(Guid? AgentId) : WorkEvent;

internal sealed record WorkStatusChanged(string Status) : WorkEvent;

internal sealed record WorkReclassified(string? Type, string? State) : WorkEvent;

internal sealed record WorkRejected(string Label) : WorkEvent;

internal sealed record RejectionTakenBack(Guid RejectionId) : WorkEvent;

/// <summary>Excuses one rejection event, or all of the ticket up to now.</summary>
internal sealed record RejectionExcused(Guid? RejectionId, string By, string Reason) : WorkEvent;

internal sealed record ExcuseWithdrawn(Guid? RejectionId, string By, string Reason) : WorkEvent;

/// <summary>How the statuses of one source are read from now on, for all of its history.</summary>
internal sealed record StatusClassesDefined(
    string Source,
    IReadOnlyList<string> Terminal,
    IReadOnlyList<string> Closed,
    IReadOnlyList<string> Hold,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt);
