using System.Text.Json.Serialization;

namespace Performance.Contracts;

/// <summary>
/// From TicketService (feed <c>records</c>): what people recorded there and nobody could import again, whole, so that
/// CoachingService can answer the backup of everything (ADR 103). It carries free text.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(ExcuseKept), "excuse")]
[JsonDerivedType(typeof(ExcuseTakenBack), "excuse-taken-back")]
[JsonDerivedType(typeof(WorkDayKept), "day")]
[JsonDerivedType(typeof(WorkDayEmptied), "day-emptied")]
[JsonDerivedType(typeof(TextErased), "erased")]
public abstract record RecordFact : Fact;

/// <summary>A rejection event as it can be found again, where its id is another one.</summary>
/// <param name="EventId">Its id here.</param>
/// <param name="Label">Its label; null for an entry into a rejection status.</param>
/// <param name="At">When it happened; null if that is not known any more.</param>
public sealed record RejectionRef(Guid EventId, string? Label, DateTimeOffset? At);

/// <summary>A supervisor excused rejections. <see cref="Fact.EventId"/> identifies the excuse.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Source">Its source.</param>
/// <param name="ExternalId">Its id at the source.</param>
/// <param name="Rejection">The one rejection event; null: all that there were.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; empty once erased.</param>
public sealed record ExcuseKept(
    Guid TicketId, string Source, string ExternalId, RejectionRef? Rejection, string By, string Reason) : RecordFact;

/// <summary>Excuses were taken back: those of one rejection event, or (null) all of the ticket.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Rejection">The one rejection event, or null.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="Reason">Why; empty once erased.</param>
public sealed record ExcuseTakenBack(Guid TicketId, RejectionRef? Rejection, string By, string Reason) : RecordFact;

/// <summary>An agent's log of a day is this now.</summary>
/// <param name="AgentId">Whose log.</param>
/// <param name="Date">Its date.</param>
/// <param name="Notes">Day notes, or null.</param>
/// <param name="Entries">The rows.</param>
public sealed record WorkDayKept(
    Guid AgentId, DateOnly Date, string? Notes, IReadOnlyList<WorkRow> Entries) : RecordFact;

/// <summary>A row of a day's log.</summary>
/// <param name="Id">Keeps it apart from the day's other rows.</param>
/// <param name="AccessId">Access id or vehicle identification number; empty once erased.</param>
/// <param name="Status">Status of the task.</param>
/// <param name="Client">The client.</param>
/// <param name="Comments">Free text.</param>
public sealed record WorkRow(string Id, string AccessId, string? Status, string? Client, string? Comments);

/// <summary>The day has no log any more.</summary>
public sealed record WorkDayEmptied(Guid AgentId, DateOnly Date) : RecordFact;

/// <summary>Free text of earlier facts was erased: a consumer forgets it too.</summary>
/// <param name="EventIds"><see cref="Fact.EventId"/> of those facts.</param>
public sealed record TextErased(IReadOnlyList<Guid> EventIds) : RecordFact;
