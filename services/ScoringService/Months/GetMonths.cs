using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Months;

/// <summary>A closed month, with how many of its grades the asker may see.</summary>
internal sealed record ClosedMonth(
    string Month, string ClosedBy, DateTimeOffset ClosedAt, int PolicyVersion, int Grades);

/// <summary>The closed months, latest first, and the past ones with tickets that could be closed.</summary>
internal sealed record MonthList(
    IReadOnlyList<ClosedMonth> Items, int Total, IReadOnlyList<string> Open, long Position);

/// <summary><c>GET /api/scoring/months</c>.</summary>
internal static class GetMonths
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/months", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var closed = await FrozenMonths.ReadAsync(views, null, cancel);
            var current = BusinessZone.MonthNumber(views.Settings.Zone.DayOf(clock.GetUtcNow()));
            var open = await views.ReadAsync(
                "select distinct month from ticket_facts where month < $1 order by month desc", r => r.GetInt32(0),
                cancel, current);
            return new MonthList(
                [
                    .. closed.OrderByDescending(m => m.Key).Select(m => new ClosedMonth(
                        Name(m.Key), m.Value.By, views.Settings.Zone.Local(m.Value.OccurredAt), m.Value.PolicyVersion,
                        m.Value.Rows.Count(row => row.Grade is not null && caller.MaySee(Kept(views, row)))))
                ],
                closed.Count, [.. open.Where(m => !closed.ContainsKey(m)).Select(Name)], views.Position);
        }).RequireAuthorization(Policies.Oversight).WaitsForTickets();

    private static Guid? Kept(ViewSnapshot views, FrozenRow row) =>
        row.AgentId is { } agent ? views.Merges.Kept(agent) : null;

    private static string Name(int month) =>
        BusinessZone.MonthOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
