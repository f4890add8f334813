using System.Globalization;
using Performance.Scoring.Live;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Scorecards;

/// <summary>An assignee, with what the filter takes for them.</summary>
internal sealed record AssigneeChoice(string Id, Guid? AgentId, string Name);

/// <summary>The values that each filter can take for this caller.</summary>
internal sealed record FilterChoices(
    IReadOnlyList<string> Months,
    IReadOnlyList<string> Weeks,
    IReadOnlyList<string> Days,
    IReadOnlyList<AssigneeChoice> Assignees,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> States,
    IReadOnlyList<string> Statuses,
    string BusinessZone,
    long Position);

/// <summary><c>GET /api/scoring/filters</c>.</summary>
internal static class GetFilters
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/filters", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, CancellationToken cancel) =>
        {
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await ReadAsync(views, caller, cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    private static async Task<FilterChoices> ReadAsync(ViewSnapshot views, Caller caller, CancellationToken cancel)
    {
        var scope = TicketScope.Of(
            Filters.None, AgentScope.Of(views, caller, Filters.None).Numbers(), views.Facets);
        var used = await views.ReadAsync(
            $"""
            select distinct month, week, agent, type, state, status from ticket_facts f {scope.Where}
            """,
            r => (Month: r.GetInt32(0), Week: r.GetInt32(1), Agent: r.GetInt32(2), Type: r.GetInt32(3),
                State: r.GetInt32(4), Status: r.GetInt32(5)), cancel, scope.Parameters);
        IReadOnlyList<string> Values(FacetKind kind, IEnumerable<int> ids) =>
        [
            .. ids.Distinct().Select(id => views.Facets.Value(kind, id) ?? "")
                .Order(StringComparer.OrdinalIgnoreCase)
        ];
        return new FilterChoices(
            [
                .. used.Select(u => u.Month).Distinct().OrderDescending()
                    .Select(m => BusinessZone.MonthOf(m).ToString("yyyy-MM", CultureInfo.InvariantCulture))
            ],
            [.. used.Select(u => u.Week).Distinct().OrderDescending().Select(w => $"{w / 100}-W{w % 100:00}")],
            BusinessZone.Weekdays,
            [
                .. used.Select(u => ScorecardQuery.KeptAgent(views, u.Agent)).Distinct()
                    .Select(a => a == Guid.Empty
                        ? new AssigneeChoice(Changes.Unassigned, null, "Unassigned")
                        : new AssigneeChoice(a.ToString(), a, caller.NameOf(a)))
                    .OrderBy(a => a.AgentId is null).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase)
            ],
            Values(FacetKind.Type, used.Select(u => u.Type)),
            Values(FacetKind.State, used.Select(u => u.State)),
            Values(FacetKind.Status, used.Select(u => u.Status)),
            views.Settings.BusinessZone, views.Position);
    }
}
