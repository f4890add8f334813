using Marten;
using Performance.Coaching.Agents;
using Performance.ServiceDefaults.Identity;

namespace Performance.Coaching.Reviews;

/// <summary>
/// <c>GET weekly-reviews/{week}</c>: one's own review of the week, if it has begun, and those of others that one may
/// read: supervisors of the same teams, the department for its head, everybody's for an admin.
/// </summary>
internal static class ReadWeeklyReview
{
    /// <param name="Mine">Null: not begun, or a department head, who has none.</param>
    internal sealed record View(
        string Week, DateOnly From, DateOnly To, int StepCount, WeeklyReview? Mine, IReadOnlyList<WeeklyReview> Others);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/weekly-reviews/{week}", async (
            string week, HttpContext http, IQuerySession session, CancellationToken cancel) =>
        {
            var asked = IsoWeek.Read("week", week);
            var name = asked.ToString();
            var user = CurrentUser.From(http.User);
            var organisation = await Organisation.LoadAsync(session, cancel);
            var found = await session.Query<WeeklyReview>().Where(r => r.Week == name).ToListAsync(cancel);
            await http.TagAsync(session, StreamIds.WeeklyReview(user.UserName, asked), cancel);
            return Results.Ok(new View(
                name, asked.Monday, asked.Sunday, WeeklyReview.StepCount,
                found.FirstOrDefault(r => r.Supervisor == user.UserName),
                [.. found.Where(r => r.Supervisor != user.UserName && MayRead(user, organisation, r))
                    .OrderBy(r => r.Supervisor, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(r => r.Supervisor, StringComparer.Ordinal)]));
        }).RequireAuthorization(Policies.Oversight).Produces<View>();

    private static bool MayRead(CurrentUser user, Organisation organisation, WeeklyReview review) =>
        user.IsAdmin
        || review.Teams.Any(team => organisation.SupervisesTeam(user, team) || organisation.Heads(user, team));
}
