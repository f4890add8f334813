using System.Globalization;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Scorecards;

/// <summary>An agent whose grade asks for a conversation.</summary>
/// <param name="LastSession">Date of the latest session ever; null: there was none.</param>
/// <param name="Talked">Whether that was in this week.</param>
internal sealed record DueAgent(ScorecardRow Row, DateOnly? LastSession, bool Talked);

/// <param name="Month">The running month of the business zone, <c>yyyy-MM</c>.</param>
/// <param name="Week">The running week's Monday.</param>
internal sealed record CoachingDue(
    string Month, DateOnly Week, IReadOnlyList<DueAgent> Agents, long Position, DateTimeOffset AsOf);

/// <summary>
/// <c>GET /api/scoring/coaching-due</c>: whose grade of the running month the policy names for coaching, and whether a
/// session of this week is logged.
/// </summary>
internal static class GetCoachingDue
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/coaching-due", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await ReadAsync(views, caller, clock.GetUtcNow(), cancel);
        }).RequireAuthorization(Policies.Oversight).WaitsForTickets();

    private static async Task<CoachingDue> ReadAsync(
        ViewSnapshot views, Caller caller, DateTimeOffset now, CancellationToken cancel)
    {
        var today = views.Settings.Zone.DayOf(now);
        var monday = BusinessZone.MondayOf(BusinessZone.WeekNumber(today));
        var month = Filters.None with { Months = [BusinessZone.MonthNumber(today)] };
        var card = await GetScorecard.ReadAsync(views, caller, month, now, cancel);
        var due = card.Agents.Where(row => row.Flags.Contains(ScorecardRow.CoachingDue)).ToList();
        var last = await LastSessionsAsync(views, [.. due.Select(row => row.AgentId!.Value)], cancel);
        return new CoachingDue(
            today.ToString("yyyy-MM", CultureInfo.InvariantCulture), monday,
            [
                .. due.Select(row => last.TryGetValue(row.AgentId!.Value, out var date)
                        ? new DueAgent(row, date, date >= monday)
                        : new DueAgent(row, null, false))
                    .OrderBy(agent => agent.Talked).ThenByDescending(agent => agent.Row.Grade, StringComparer.Ordinal)
                    .ThenBy(agent => agent.Row.Name, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(agent => agent.Row.AgentId)
            ],
            views.Position, now);
    }

    /// <summary>With the sessions of the records that were merged into the agent's.</summary>
    private static async Task<Dictionary<Guid, DateOnly>> LastSessionsAsync(
        ViewSnapshot views, IReadOnlyList<Guid> agents, CancellationToken cancel)
    {
        var held = await views.ReadAsync(
            "select agent_id, max(date) from coaching_sessions where agent_id = any($1) group by 1",
            r => (Agent: views.Merges.Kept(r.GetGuid(0)), Date: r.GetFieldValue<DateOnly>(1)), cancel,
            agents.SelectMany(views.Merges.Members).ToArray());
        return held.GroupBy(h => h.Agent).ToDictionary(g => g.Key, g => g.Max(h => h.Date));
    }
}
