using System.Globalization;
using System.Text.Json;
using Marten;
using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Attendance;

/// <summary>A supervisor set the month from which an agent's daily target ramps up.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="HireMonth">First day of the month; null: tenured, no plan.</param>
/// <param name="By">User name of the supervisor.</param>
/// <param name="OccurredAt">When it was set.</param>
internal sealed record RampPlanSet(Guid AgentId, DateOnly? HireMonth, string By, DateTimeOffset OccurredAt);

/// <summary>An agent's ramp plan.</summary>
internal sealed partial record RampPlan
{
    public Guid Id { get; init; }

    public Guid AgentId { get; init; }

    public DateOnly? HireMonth { get; init; }

    public string By { get; init; } = "";

    public static RampPlan Create(RampPlanSet set) => new RampPlan { AgentId = set.AgentId }.Apply(set);

    public RampPlan Apply(RampPlanSet set) => this with { HireMonth = set.HireMonth, By = set.By };
}

/// <summary><c>PUT</c> and <c>GET ramp/{agentId}</c>: the hire month; null: tenured.</summary>
internal static class SetRampPlan
{
    /// <summary>A raw element, because a body without hireMonth is a mistake while null ends the plan.</summary>
    internal sealed record Body(JsonElement HireMonth);

    internal sealed record View(Guid AgentId, string? HireMonth, string? By);

    public static IReadOnlyList<object> Decide(
        RampPlan? state, Guid agentId, DateOnly? hireMonth, string by, DateTimeOffset now) =>
        state?.HireMonth == hireMonth ? [] : [new RampPlanSet(agentId, hireMonth, by, now)];

    public static DateOnly? HireMonth(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => throw new InvalidFieldException("hireMonth", "is missing"),
        JsonValueKind.Null => null,
        JsonValueKind.String => Input.Month("hireMonth", element.GetString()),
        _ => throw new InvalidFieldException("hireMonth", "is neither a month as yyyy-MM nor null")
    };

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPut("/ramp/{agentId}", (
            string agentId, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var agent = Input.Id("agentId", agentId);
            var month = HireMonth(body.HireMonth);
            var user = CurrentUser.From(http.User);
            return CommandEndpoint.RunAsync<RampPlan>(
                http, store, EventStoreId.Coaching, StreamIds.RampPlan(agent), async (state, session, stop) =>
                {
                    (await Organisation.LoadAsync(session, stop)).SupervisedRecord(user, agent);
                    return Decide(state, agent, month, user.UserName, clock.GetUtcNow());
                }, cancel);
        }).RequireAuthorization(Policies.Supervision);

        group.MapGet("/ramp/{agentId}", async (
            string agentId, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var organisation = await Organisation.LoadAsync(session, cancel);
            var agent = organisation.Seen(CurrentUser.From(http.User), Input.Id("agentId", agentId)).Id;
            var plans = await session.LoadManyAsync<RampPlan>(
                cancel, organisation.Merges.Family(agent).Select(StreamIds.RampPlan));
            await http.TagAsync(session, StreamIds.RampPlan(agent), cancel);
            return Results.Ok(Show(agent, plans, organisation.Merges.Root(agent)));
        }).RequireAuthorization(Policies.Person).Produces<View>();
    }

    /// <summary>The kept record's own plan; else one that a merged record brought.</summary>
    public static View Show(Guid agentId, IReadOnlyList<RampPlan> plans, Guid root)
    {
        var plan = plans.FirstOrDefault(p => p.AgentId == root)
            ?? plans.Where(p => p.HireMonth is not null).MinBy(p => p.HireMonth);
        return new View(agentId, plan?.HireMonth?.ToString("yyyy-MM", CultureInfo.InvariantCulture), plan?.By);
    }
}
