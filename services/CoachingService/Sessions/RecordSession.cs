using Marten;
using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Sessions;

/// <summary>
/// <c>POST sessions {agentId, ticketId?, ticketName?, date, notes, actionItem?}</c>: logs a coaching session.
/// </summary>
internal static class RecordSession
{
    /// <summary>Owner: agent (default) or supervisor.</summary>
    internal sealed record Item(string? Text, string? Owner, string? DueDate);

    internal sealed record Body(
        string? AgentId, string? TicketId, string? Date, string? Notes, Item? ActionItem, string? Id,
        string? TicketName = null);

    internal sealed record Command(
        Guid SessionId, Guid AgentId, Guid? TicketId, DateOnly Date, string Notes, ActionItem? ActionItem,
        string? TicketName = null);

    public static IReadOnlyList<object> Decide(
        CoachingSession? state, Command command, string by, DateTimeOffset now)
    {
        var recorded = new SessionRecorded(
            command.SessionId, command.AgentId, command.TicketId, command.Date, command.Notes, command.ActionItem, by,
            now) { TicketName = command.TicketName };
        if (state is null)
        {
            return [recorded];
        }

        var again = CoachingSession.Create(recorded) with
        {
            RecordedAt = state.RecordedAt, AcknowledgedAt = state.AcknowledgedAt, ActionDoneAt = state.ActionDoneAt
        };
        return again == state ? [] : throw new DomainException("There is another session with this id.");
    }

    public static Command Read(Guid sessionId, Body body, DateOnly today)
    {
        var date = Input.Date("date", body.Date);
        return new Command(
            sessionId,
            Input.Id("agentId", body.AgentId),
            Input.OptionalId("ticketId", body.TicketId),
            // The supervisor's day may be one ahead of the day in UTC.
            date <= today.AddDays(1) ? date : throw new InvalidFieldException("date", "is in the future"),
            Input.Prose("notes", body.Notes, 20_000),
            Action(body.ActionItem),
            body.TicketId is null ? null : Input.OptionalLine("ticketName", body.TicketName, 200));
    }

    public static void Map(RouteGroupBuilder group) => group.MapPost("/sessions", async (
            Body body, HttpContext http, IDocumentStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var now = clock.GetUtcNow();
            var user = CurrentUser.From(http.User);
            var command = Read(NewId(body, http, user), body, DateOnly.FromDateTime(now.UtcDateTime));
            http.Response.Headers.Location = $"/api/coaching/sessions/{command.SessionId}";
            return await CommandEndpoint.RunAsync<CoachingSession>(
                http, store, EventStoreId.Coaching, command.SessionId, async (state, session, stop) =>
                {
                    (await Organisation.LoadAsync(session, stop)).SupervisedRecord(user, command.AgentId);
                    return Decide(state, command, user.UserName, now);
                }, cancel);
        }).RequireAuthorization(Policies.Supervision);

    private static ActionItem? Action(Item? item) => item is null ? null : new ActionItem(
        Input.Line("actionItem.text", item.Text, 2_000),
        item.Owner switch
        {
            null or "" or "agent" => ActionOwner.Agent,
            "supervisor" => ActionOwner.Supervisor,
            _ => throw new InvalidFieldException("actionItem.owner", "is neither agent nor supervisor")
        },
        string.IsNullOrEmpty(item.DueDate) ? null : Input.Date("actionItem.dueDate", item.DueDate));

    /// <summary>The client's id; else one that a repeat with the same Idempotency-Key meets again.</summary>
    private static Guid NewId(Body body, HttpContext http, CurrentUser user) =>
        body.Id is not null ? Input.Id("id", body.Id)
        : http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
            ? StreamIds.Session(user.UserName, key)
            : Guid.NewGuid();
}
