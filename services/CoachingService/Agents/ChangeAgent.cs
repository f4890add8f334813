using System.Net.Mail;
using Marten;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Agents;

/// <summary><c>POST agents</c> and <c>PUT agents/{id}</c>: registers an agent, or replaces the record.</summary>
internal static class ChangeAgent
{
    /// <summary>Active: null leaves it as it is. Id: only for POST, where a client wants to supply it.</summary>
    internal sealed record Body(
        string? Name, string? Email = null, string? TeamId = null, string? Country = null, bool? Active = null,
        string? Id = null);

    public static IReadOnlyList<object> Decide(
        Agent? present, Agent wanted, Guid? mergedInto, string by, DateTimeOffset now)
    {
        if (mergedInto is { } kept)
        {
            throw MergeAgents.IsMerged(kept);
        }

        AgentProfileChanged Changed() => new(wanted.Id, wanted.TeamId, wanted.Country, wanted.Active, by, now);
        return present is null ? [new AgentRegistered(wanted.Id, null, by, now), Changed()]
            : present == wanted ? []
            : [Changed()];
    }

    public static Agent Read(Guid id, Body body, Agent? present) => new()
    {
        Id = id,
        Name = Input.Line("name", body.Name, 200),
        Email = Email(body.Email),
        TeamId = string.IsNullOrEmpty(body.TeamId) ? null : Input.Slug("teamId", body.TeamId),
        Country = Country(body.Country),
        Active = body.Active ?? present?.Active ?? true
    };

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/agents", (Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
                CancellationToken cancel) =>
            RunAsync(NewId(body, http), body, http, store, clock, cancel)).RequireAuthorization(Policies.Supervision);
        group.MapPut("/agents/{agentId}", (string agentId, Body body, HttpContext http, IDocumentStore store,
                TimeProvider clock, CancellationToken cancel) =>
            RunAsync(Input.Id("agentId", agentId), body, http, store, clock, cancel))
            .RequireAuthorization(Policies.Supervision);
    }

    private static Task<IResult> RunAsync(
        Guid id, Body body, HttpContext http, IDocumentStore store, TimeProvider clock, CancellationToken cancel) =>
        CommandEndpoint.RunAsync<RegisteredAgent>(http, store, EventStoreId.Coaching, id, async (_, session, stop) =>
        {
            var user = CurrentUser.From(http.User);
            var organisation = await Organisation.LoadAsync(session, stop);
            var present = organisation.Agents.GetValueOrDefault(id);
            var wanted = Read(id, body, present);
            Permit(user, organisation, present, wanted);
            var merges = organisation.Merges;
            var events = Decide(
                present, wanted, merges.IsMerged(id) ? merges.Root(id) : null, user.UserName, clock.GetUtcNow());
            if (events.Count > 0)
            {
                session.Store(wanted);
            }

            return events;
        }, cancel);

    /// <summary>A supervisor keeps agents within the own teams; who has no team yet is placed by an admin.</summary>
    private static void Permit(CurrentUser user, Organisation organisation, Agent? present, Agent wanted)
    {
        if (!user.IsAdmin
            && ((present is not null && !organisation.Supervises(user, present.Id))
                || wanted.TeamId is not { } own || !user.Teams.Contains(own)))
        {
            throw new ForbiddenException("You may register and change agents of your own teams only.");
        }

        if (wanted.TeamId is { } team && !organisation.Teams.ContainsKey(team))
        {
            throw new InvalidFieldException("teamId", "there is no such team");
        }
    }

    private static Guid NewId(Body body, HttpContext http) =>
        body.Id is not null ? Input.Id("id", body.Id)
        : http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
            ? DeterministicId.Of("agent", CurrentUser.From(http.User).UserName, key)
            : Guid.NewGuid();

    private static string? Email(string? value)
    {
        var text = Input.OptionalLine("email", value, 254);
        return text is null || (MailAddress.TryCreate(text, out var address) && address.Address == text)
            ? text
            : throw new InvalidFieldException("email", "is not an e-mail address");
    }

    private static string? Country(string? value) =>
        string.IsNullOrEmpty(value) ? null
        : value.Length == 2 && value.All(char.IsAsciiLetterUpper) ? value
        : throw new InvalidFieldException("country", "is not an ISO 3166 code of two capital letters");
}

/// <summary>What a command on an agent's stream needs to know of it; the rest is in the document.</summary>
internal sealed partial record RegisteredAgent
{
    public Guid Id { get; init; }

    public static RegisteredAgent Create(AgentRegistered registered) => new() { Id = registered.AgentId };

    public RegisteredAgent Apply(AgentProfileChanged changed) => this with { Id = changed.AgentId };
}
