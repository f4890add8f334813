using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Departments;

/// <summary>The teams of a department in a month, side by side.</summary>
/// <param name="Department">Null: every team that there is.</param>
/// <param name="Total">All of them together.</param>
/// <param name="OldTicketDays">Open longer is too long, by today's policy.</param>
/// <param name="Frozen">Whether the month is closed: the grades are those of the closing.</param>
internal sealed record DepartmentView(
    string? Department,
    string Month,
    IReadOnlyList<TeamFigures> Teams,
    TeamFigures Total,
    int OldTicketDays,
    int LongHoldHours,
    int PolicyVersion,
    long Position,
    DateTimeOffset AsOf,
    bool Frozen);

/// <summary>
/// <c>GET /api/scoring/department?month=</c>: a head's own department; an admin's <c>department=</c>, or all teams.
/// </summary>
internal static class GetDepartment
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/department", async (
            string? month, string? department, HttpContext http, ViewReader reader, AgentDirectory directory,
            TimeProvider clock, CancellationToken cancel) =>
        {
            DateOnly? asked = month is null ? null : Input.Month("month", month);
            var named = department is null ? null : Input.Slug("department", department);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var whose = Headed(caller.User, named);
            var now = clock.GetUtcNow();
            var shown = BusinessZone.MonthNumber(asked ?? views.Settings.Zone.DayOf(now));
            return await new DepartmentReader(views, caller, now).ReadAsync(whose, shown, cancel);
        }).RequireAuthorization(Policies.Departments).WaitsForTickets();

    /// <summary>The department that the question is about; null, for an admin only: all of them.</summary>
    private static string? Headed(CurrentUser user, string? named) =>
        user.IsAdmin ? named
        : user.Department is not { } own
            ? throw new ForbiddenException("You are not assigned to a department yet.")
        : named is null || named == own ? own
        : throw new ForbiddenException("This is another department.");
}
