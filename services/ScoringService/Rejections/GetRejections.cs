using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Tickets;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Rejections;

/// <summary>A defect category: its share of all unexcused rejection events, and how bad that is.</summary>
internal sealed record DefectCategory(
    string Category, long Events, long Tickets, decimal Share, string Risk,
    IReadOnlyDictionary<string, long> ByAgent, IReadOnlyDictionary<string, long> ByMonth);

/// <summary>A line of the quality matrix; <c>Key</c> is the agent's in <c>ByAgent</c>.</summary>
internal sealed record RejectedAgent(string Key, Guid? AgentId, string Name, long Events);

internal sealed record RejectionAnalysis(
    long Events, IReadOnlyList<DefectCategory> Categories, IReadOnlyList<RejectedAgent> Agents, long Position,
    DateTimeOffset AsOf);

/// <summary>A bar of a chart.</summary>
internal sealed record Bar(string Key, string Name, long Count);

/// <summary>
/// <c>GET /api/scoring/rejections</c> (scorecard.md section 5) and the charts made of the same counts,
/// <c>/charts/causes</c> and <c>/charts/completed</c>.
/// </summary>
internal static class GetRejections
{
    private const int TopCauses = 5;
    private const int TopOwners = 10;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/scoring/rejections", (
                HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
                CancellationToken cancel) =>
            ReadAsync(http, reader, directory, clock, cancel))
            .RequireAuthorization(Policies.Person).WaitsForTickets();

        app.MapGet("/api/scoring/charts/causes", async (
                HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
                CancellationToken cancel) =>
            (await ReadAsync(http, reader, directory, clock, cancel)).Categories.Take(TopCauses)
                .Select(c => new Bar(c.Category, c.Category, c.Events)))
            .RequireAuthorization(Policies.Person).WaitsForTickets();

        app.MapGet("/api/scoring/charts/completed", async (
                HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
                CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var card = await GetScorecard.ReadAsync(views, caller, filters, clock.GetUtcNow(), cancel);
            return card.Agents.Where(r => r.AgentId is not null && r.Closed > 0)
                .OrderByDescending(r => r.Closed).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Take(TopOwners)
                .Select(r => new Bar(r.AgentId.ToString()!, r.Name, r.Closed)).ToList();
        }).RequireAuthorization(Policies.Person).WaitsForTickets();
    }

    /// <summary>Share above 25.0 %: critical; 10.0 to 25.0: medium; below: low. By the value as it is shown.</summary>
    public static string Risk(decimal share) => ScorePolicy.Shown(share) switch
    {
        > 25.0m => "Critical bottleneck",
        >= 10.0m => "Medium variance",
        _ => "Low exposure"
    };

    private static async Task<RejectionAnalysis> ReadAsync(
        HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock, CancellationToken cancel)
    {
        var filters = Filters.From(http.Request.Query);
        await using var views = await reader.OpenAsync(cancel);
        var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
        var now = clock.GetUtcNow();
        var atRejection = GetScorecard.PolicyFor(views, filters, now).Policy.RejectionCredit
            == RejectionCredit.AtRejection;
        var column = atRejection ? "e.agent" : "f.agent";
        var scope = TicketScope.Of(
                filters, AgentScope.Of(views, caller, filters).Numbers(), views.Facets, column)
            .Add("not e.excused");
        var rows = await views.ReadAsync(
            $"""
            select e.cause, {column}, f.month, e.ticket_id, count(*)
            from rejection_events e join ticket_facts f using (ticket_id) {scope.Where} group by 1, 2, 3, 4
            """,
            r => (Cause: r.GetString(0), Agent: TicketLists.Kept(views, r.GetInt32(1)), Month: r.GetInt32(2),
                Ticket: r.GetGuid(3), Count: r.GetInt64(4)), cancel, scope.Parameters);
        var all = rows.Sum(r => r.Count);
        var categories = rows.GroupBy(r => r.Cause).Select(g =>
        {
            var events = g.Sum(r => r.Count);
            var share = events * 100m / all;
            return new DefectCategory(
                g.Key, events, g.Select(r => r.Ticket).Distinct().Count(), share, Risk(share),
                Sums(g.Select(r => (KeyOf(r.Agent), r.Count))),
                Sums(g.Select(r => (MonthText(r.Month), r.Count))));
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
