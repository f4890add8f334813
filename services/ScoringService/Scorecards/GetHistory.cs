using System.Globalization;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Settings;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Scorecards;

/// <summary>An agent's month: null grade where nothing was processed.</summary>
internal sealed record HistoryMonth(
    string Month,
    long Allocated,
    string? Grade,
    string? BaseGrade,
    string? GradeNote,
    decimal? FailedFirstPassRate,
    decimal? Attendance,
    decimal? Score,
    string? ScoreBand);

internal sealed record HistoryAgent(Guid AgentId, string Name, IReadOnlyList<HistoryMonth> Months);

internal sealed record GradeHistory(
    int Year, IReadOnlyList<HistoryAgent> Agents, IReadOnlyList<int> Years, long Position, DateTimeOffset AsOf);

/// <summary><c>GET /api/scoring/history?year=</c>: grades per agent and calendar month of creation.</summary>
internal static class GetHistory
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/history", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            var asked = http.Request.Query["year"].ToString();
            await using var views = await reader.OpenAsync(cancel);
            var now = clock.GetUtcNow();
            var year = asked.Length == 0 ? views.Settings.Zone.DayOf(now).Year : Year(asked);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return await ReadAsync(views, caller, filters, year, now, cancel);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    private static int Year(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2200
            ? year
            : throw new InvalidFieldException("year", "is not a year between 1900 and 2199");

    private static async Task<GradeHistory> ReadAsync(
        ViewSnapshot views, Caller caller, Filters filters, int year, DateTimeOffset now, CancellationToken cancel)
    {
        var agents = AgentScope.Of(views, caller, filters);
        var byAgent = new Dictionary<Guid, List<HistoryMonth>>();
        var asked = Enumerable.Range(year * 12, 12)
            .Where(month => filters.Months.Count == 0 || filters.Months.Contains(month));
        foreach (var month in asked)
        {
            var inMonth = filters with { Months = [month] };
            var policy = GetScorecard.PolicyFor(views, inMonth, now).Policy;
            var counts = await ScorecardQuery.CountsAsync(views, inMonth, agents, policy, cancel);
            if (counts.Count == 0)
            {
                continue;
            }

            var records = await RecordsQuery.ReadAsync(views, inMonth, agents, policy, cancel);
            foreach (var (agent, count) in counts.Where(c => c.Key != Guid.Empty))
            {
                var row = ScorecardRow.Of(
                    agent, "", count, records.GetValueOrDefault(agent) ?? AgentRecords.None, policy);
                byAgent.TryAdd(agent, []);
                byAgent[agent].Add(new HistoryMonth(
                    BusinessZone.MonthOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture), row.Allocated,
                    row.Grade, row.BaseGrade, row.GradeNote, row.FailedFirstPassRate, row.Attendance, row.Score,
                    row.ScoreBand));
            }
        }

        var years = await views.ReadAsync(
            "select distinct month / 12 from ticket_facts order by 1", r => r.GetInt32(0), cancel);
        return new GradeHistory(
            year,
            [
                .. byAgent.Select(a => new HistoryAgent(a.Key, caller.NameOf(a.Key), a.Value))
                    .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.AgentId)
            ],
            years, views.Position, now);
    }
}
