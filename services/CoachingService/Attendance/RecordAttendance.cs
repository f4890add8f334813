using System.Text.Json;
using Marten;
using Performance.Coaching.Agents;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Coaching.Attendance;

/// <summary>
/// <c>PUT attendance/{agentId}/{yyyy-MM} {percent}</c>: 0 to 100 with one decimal; null takes it back.
/// </summary>
internal static class RecordAttendance
{
    /// <summary>A raw element, because a body without percent is a mistake while null takes the record back.</summary>
    internal sealed record Body(JsonElement Percent);

    public static IReadOnlyList<object> Decide(
        AttendanceMonth? state, Guid agentId, DateOnly month, decimal? percent, string by, DateTimeOffset now) =>
        state?.Percent == percent ? [] : [new AttendanceRecorded(agentId, month, percent, by, now)];

    public static decimal? Percent(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => throw new InvalidFieldException("percent", "is missing"),
        JsonValueKind.Null => null,
        JsonValueKind.Number => Checked(element.TryGetDecimal(out var percent) ? percent : -1),
        _ => throw new InvalidFieldException("percent", "is neither a number nor null")
    };

    public static decimal Checked(decimal percent) =>
        percent is < 0 or > 100 ? throw new InvalidFieldException("percent", "is not from 0 to 100")
        : decimal.Round(percent, 1) != percent
            ? throw new InvalidFieldException("percent", "has more than one decimal")
        : decimal.Round(percent, 1);

    public static void Map(RouteGroupBuilder group) => group.MapPut("/attendance/{agentId}/{month}", (
            string agentId, string month, Body body, HttpContext http, IDocumentStore store, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var agent = Input.Id("agentId", agentId);
            var first = Input.Month("month", month);
            var percent = Percent(body.Percent);
            var user = CurrentUser.From(http.User);
            return CommandEndpoint.RunAsync<AttendanceMonth>(
                http, store, EventStoreId.Coaching, StreamIds.Attendance(agent, first),
                async (state, session, stop) =>
                {
                    (await Organisation.LoadAsync(session, stop)).SupervisedRecord(user, agent);
                    return Decide(state, agent, first, percent, user.UserName, clock.GetUtcNow());
                }, cancel);
        }).RequireAuthorization(Policies.Supervision);
}
