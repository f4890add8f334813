using Marten;
using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Sessions;

/// <summary>
/// <c>POST sessions/{id}/acknowledge</c> by the coached agent, and <c>POST sessions/{id}/action-item {done}</c> by
/// whoever owns the action item, or a supervisor of the agent.
/// </summary>
internal static class AnswerSession
{
    internal sealed record Body(bool? Done);

    public static IReadOnlyList<object> Acknowledge(CoachingSession? state, string by, DateTimeOffset now) =>
        Present(state).AcknowledgedAt is not null ? [] : [new SessionAcknowledged(state!.Id, by, now)];

    public static IReadOnlyList<object> MarkActionItem(
        CoachingSession? state, bool done, string by, DateTimeOffset now)
    {
        var session = Present(state);
        return session.ActionItem is null ? throw new DomainException("The session has no action item.")
            : session.ActionDoneAt is not null == done ? []
            : done ? [new ActionItemDone(session.Id, by, now)]
            : [new ActionItemReopened(session.Id, by, now)];
    }

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/sessions/{sessionId}/acknowledge", (
            string sessionId, HttpContext http, IDocumentStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var user = CurrentUser.From(http.User);
            return RunAsync(sessionId, http, store, (state, organisation) =>
                organisation.IsSelf(user, Present(state).AgentId)
                    ? Acknowledge(state, user.UserName, clock.GetUtcNow())
                    : throw new ForbiddenException("A session is acknowledged by the agent who was coached."), cancel);
        }).RequireAuthorization(Policies.Person);

        group.MapPost("/sessions/{sessionId}/action-item", (
            string sessionId, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var done = body.Done ?? throw new InvalidFieldException("done", "is missing");
            var user = CurrentUser.From(http.User);
            return RunAsync(sessionId, http, store, (state, organisation) =>
                MayMark(user, organisation, Present(state))
                    ? MarkActionItem(state, done, user.UserName, clock.GetUtcNow())
                    : throw new ForbiddenException("This action item is not yours."), cancel);
        }).RequireAuthorization(Policies.Person);
    }

    private static Task<IResult> RunAsync(
        string sessionId, HttpContext http, IDocumentStore store,
        Func<CoachingSession?, Organisation, IReadOnlyList<object>> decide, CancellationToken cancel) =>
        CommandEndpoint.RunAsync<CoachingSession>(
            http, store, EventStoreId.Coaching, Input.Id("sessionId", sessionId),
            async (state, session, stop) => decide(state, await Organisation.LoadAsync(session, stop)), cancel);

    private static bool MayMark(CurrentUser user, Organisation organisation, CoachingSession session) =>
        organisation.Supervises(user, session.AgentId)
        || (session.ActionItem?.Owner == ActionOwner.Agent && organisation.IsSelf(user, session.AgentId));

    private static CoachingSession Present(CoachingSession? state) =>
        state ?? throw new NotFoundException("There is no such session.");
}
