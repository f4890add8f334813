using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Rejections;

/// <summary>Events of one label in a category.</summary>
internal sealed record LabelCount(string Label, long Events);

/// <summary>
/// A defect category: its share of all unexcused rejection events, how bad that is, and the labels that it groups.
/// </summary>
internal sealed record DefectCategory(
    string Category, long Events, long Tickets, decimal Share, string Risk, IReadOnlyList<LabelCount> Labels,
    IReadOnlyDictionary<string, long> ByAgent, IReadOnlyDictionary<string, long> ByMonth);

/// <summary>A line of the quality matrix; <c>Key</c> is the agent's in <c>ByAgent</c>.</summary>
internal sealed record RejectedAgent(string Key, Guid? AgentId, string Name, long Events);

internal sealed record RejectionAnalysis(
    long Events, IReadOnlyList<DefectCategory> Categories, IReadOnlyList<RejectedAgent> Agents, long Position,
    DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/rejections</c> (scorecard.md section 5).</summary>
internal static class GetRejections
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/rejections", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await ReadAsync(views, caller, filters, clock.GetUtcNow(), cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    /// <summary>Share above 25.0 %: critical; 10.0 to 25.0: medium; below: low. By the value as it is shown.</summary>
    public static string Risk(decimal share) => ScorePolicy.Shown(share) switch
    {
        > 25.0m => "Critical bottleneck",
        >= 10.0m => "Medium variance",
        _ => "Low exposure"
    };

    private static async Task<RejectionAnalysis> ReadAsync(
        ViewSnapshot views, Caller caller, Filters filters, DateTimeOffset now, CancellationToken cancel)
    {
        var (scope, agent) = RejectionScope.Of(views, caller, filters, now);
        var categoryOf = views.Settings.Categories;
        var (category, join) = categoryOf.Sql(scope);
        var causes = await views.ReadAsync(
            $"""
            select {category}, count(*), count(distinct e.ticket_id) {RejectionScope.From} {join} {scope.Where}
            group by 1
            """,
            r => (Cause: r.GetString(0), Events: r.GetInt64(1), Tickets: r.GetInt64(2)), cancel, scope.Parameters);
        var rows = await views.ReadAsync(
            $"""
            select e.cause, {agent}, f.month, count(*) {RejectionScope.From} {join} {scope.Where} group by 1, 2, 3
            """,
            r => (Label: r.GetString(0), Agent: TicketLists.Kept(views, r.GetInt32(1)), Month: r.GetInt32(2),
                Count: r.GetInt64(3)), cancel, scope.Parameters);
        var cells = rows.ToLookup(r => categoryOf.Of(r.Label));
        var all = causes.Sum(c => c.Events);
        var categories = causes.Select(c =>
        {
            var share = c.Events * 100m / all;
            return new DefectCategory(
                c.Cause, c.Events, c.Tickets, share, Risk(share),
                [
                    .. cells[c.Cause].GroupBy(r => r.Label).Select(g => new LabelCount(g.Key, g.Sum(r => r.Count)))
                        .OrderByDescending(l => l.Events).ThenBy(l => l.Label, StringComparer.Ordinal)
                ],
                Sums(cells[c.Cause].Select(r => (KeyOf(r.Agent), r.Count))),
                Sums(cells[c.Cause].Select(r => (MonthText(r.Month), r.Count))));
        });
        var agents = rows.GroupBy(r => r.Agent).Select(g => new RejectedAgent(
            KeyOf(g.Key), g.Key, g.Key is { } id ? caller.NameOf(id) : "Unassigned", g.Sum(r => r.Count)));
        return new RejectionAnalysis(
            all, [.. categories.OrderByDescending(c => c.Events).ThenBy(c => c.Category, StringComparer.Ordinal)],
            [
                .. agents.OrderBy(a => a.AgentId is null).ThenByDescending(a => a.Events)
                    .ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Key, StringComparer.Ordinal)
            ],
            views.Position, now);
    }

    private static string KeyOf(Guid? agent) => agent?.ToString() ?? Live.Changes.Unassigned;

    private static Dictionary<string, long> Sums(IEnumerable<(string Key, long Count)> counts) =>
        counts.GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));

    private static string MonthText(int month) =>
        BusinessZone.MonthOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
