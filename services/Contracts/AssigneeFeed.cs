using System.Text.Json.Serialization;

namespace Performance.Contracts;

/// <summary>From TicketService (feed <c>assignees</c>): people met in imports.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(AssigneeDiscovered), "discovered")]
public abstract record AssigneeFact : Fact;

/// <summary>
/// An import named an assignee that was not known: the directory makes an agent record of it, without sign-in.
/// The stored event has no name; the feed adds it on the way.
/// </summary>
/// <param name="AgentId">The random id given to (source, name).</param>
/// <param name="Source">The importing source.</param>
/// <param name="Name">The name as the source spells it.</param>
public sealed record AssigneeDiscovered(Guid AgentId, string Source, string Name) : AssigneeFact;
