using Performance.Scoring.Scorecards;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Months;

/// <summary>What has changed about an agent (null: nobody) since the month was closed.</summary>
internal sealed record Adjustment(
    Guid? AgentId,
    string Name,
    string? FrozenGrade,
    string? WouldBeGrade,
    decimal? FrozenScore,
    decimal? WouldBeScore,
    IReadOnlyList<RowDifference> Numbers);

/// <summary>Everything that has changed since a month was closed, by agent.</summary>
internal sealed record AdjustmentList(
    IReadOnlyList<Adjustment> Items,
    int Total,
    int GradesMoved,
    string Month,
    string ClosedBy,
    DateTimeOffset ClosedAt,
    int PolicyVersion,
    int PolicyVersionNow,
    long Position);

/// <summary><c>GET /api/scoring/months/{month}/adjustments</c>: frozen, and as it would be if open.</summary>
internal static class GetAdjustments
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/months/{month}/adjustments", async (
            string month, HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var first = Input.Month("month", month);
            var page = Input.Page(http.Request.Query["page"], http.Request.Query["pageSize"]);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var filters = Filters.None with { Months = [BusinessZone.MonthNumber(first)] };
            var frozen = await FrozenMonths.FindAsync(views, filters, cancel)
                ?? throw new NotFoundException($"{month} is not closed.");
            var version = GetScorecard.OpenPolicyFor(views, filters, clock.GetUtcNow());
            var tally = await Tally.ReadAsync(
                views, filters, AgentScope.Of(views, caller, filters), version.Policy, cancel);
            var now = tally.Rows(filters, version.Policy, null, _ => true, caller.NameOf);
            var all = Between(Frozen(views, caller, frozen), now);
            return new AdjustmentList(
                [.. all.Skip(page.Skip).Take(page.Take)], all.Count,
                all.Count(a => a.FrozenGrade != a.WouldBeGrade), month, frozen.By,
                views.Settings.Zone.Local(frozen.OccurredAt), frozen.PolicyVersion, version.Version, views.Position);
        }).RequireAuthorization(Policies.Oversight).WaitsForTickets();

    /// <summary>The frozen rows that the caller may see; a record merged since with the one it went to.</summary>
    private static IEnumerable<ScorecardRow> Frozen(ViewSnapshot views, Caller caller, MonthClosed frozen)
    {
        var policy = views.Policies.Versioned(frozen.PolicyVersion).Policy;
        return frozen.Rows
            .Where(row => caller.MaySee(row.AgentId is { } agent ? views.Merges.Kept(agent) : null))
            .Select(row => row.ToRow(row.AgentId is { } agent ? caller.NameOf(agent) : "Unassigned", policy));
    }

    private static List<Adjustment> Between(
        IEnumerable<ScorecardRow> frozen, IReadOnlyList<ScorecardRow> now)
    {
        var before = frozen.ToDictionary(row => row.AgentId ?? Guid.Empty);
        var after = now.ToDictionary(row => row.AgentId ?? Guid.Empty);
        return
        [
            .. before.Keys.Union(after.Keys)
                .Select(agent => (Before: before.GetValueOrDefault(agent), After: after.GetValueOrDefault(agent)))
                .Select(row => new Adjustment(
                    (row.Before ?? row.After)!.AgentId, (row.Before ?? row.After)!.Name, row.Before?.Grade,
                    row.After?.Grade, row.Before?.Score, row.After?.Score,
                    RowNumbers.Between(row.Before, row.After)))
                .Where(adjustment => adjustment.Numbers.Count > 0)
                .OrderBy(a => a.FrozenGrade == a.WouldBeGrade).ThenBy(a => a.AgentId is null)
                .ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.AgentId)
        ];
    }
}
