using System.Globalization;
using Performance.Scoring.Months;
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
    decimal? MeasuredMax,
    string? ScoreBand,
    int? Drop,
    bool Frozen = false);

/// <summary>An agent's months of the year.</summary>
/// <param name="Declining">Three falls in a row, the last of them in the latest month that counts.</param>
/// <param name="DecliningSince">The month of the first of these falls.</param>
internal sealed record HistoryAgent(
    Guid AgentId, string Name, IReadOnlyList<HistoryMonth> Months, bool Declining, string? DecliningSince);

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
        var running = BusinessZone.MonthNumber(views.Settings.Zone.DayOf(now));
        bool IsShown(int month) => month / 12 == year && (filters.Months.Count == 0 || filters.Months.Contains(month));

        // A decline may have begun in the year before; a month filter narrows what is shown, not the trend.
        var all = filters with { Months = [.. Enumerable.Range((year - 1) * 12, 24)] };
        var byAgent = await MonthsAsync(views, agents, all, now, cancel);
        var years = await views.ReadAsync(
            "select distinct month / 12 from ticket_facts order by 1", r => r.GetInt32(0), cancel);
        return new GradeHistory(
            year,
            [
                .. byAgent.Where(a => a.Value.Keys.Any(IsShown))
                    .Select(a => Agent(
                        a.Key, caller.NameOf(a.Key), a.Value.Where(m => IsShown(m.Key)).Select(m => m.Value),
                        Trend.Of(a.Value.Where(m => m.Key < running).Select(m => m.Value))))
                    .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.AgentId)
            ],
            years, views.Position, now);
    }

    private static HistoryAgent Agent(Guid id, string name, IEnumerable<HistoryMonth> months, Trend trend) =>
        new(id, name, [.. months], trend.Declining, trend.Since);

    /// <summary>The months of each agent that has tickets in them, oldest first.</summary>
    private static async Task<Dictionary<Guid, SortedDictionary<int, HistoryMonth>>> MonthsAsync(
        ViewSnapshot views, AgentScope agents, Filters filters, DateTimeOffset now, CancellationToken cancel)
    {
        ScorePolicy PolicyOf(int month) =>
            GetScorecard.PolicyFor(views, filters with { Months = [month] }, now).Policy;
        var byAgent = new Dictionary<Guid, SortedDictionary<int, HistoryMonth>>();
        var counted = await ScorecardQuery.CountsByMonthAsync(views, filters, agents, PolicyOf, cancel);
        var frozen = await FrozenAsync(views, filters, cancel);
        foreach (var month in counted.Keys.Union(frozen.Keys))
        {
            var policy = PolicyOf(month);
            var counts = counted.GetValueOrDefault(month) ?? [];
            var records = await RecordsQuery.ReadAsync(
                views, filters with { Months = [month] }, agents, policy, cancel);
            var rows = new Tally(counts, records).Graded(
                views.Merges, agents, policy, frozen.GetValueOrDefault(month));
            foreach (var row in rows)
            {
                byAgent.TryAdd(row.AgentId!.Value, []);
                byAgent[row.AgentId.Value][month] = Month(month, row);
            }
        }

        return byAgent;
    }

    /// <summary>The closings of the months asked for, where nothing narrows them.</summary>
    private static async Task<Dictionary<int, MonthClosed>> FrozenAsync(
        ViewSnapshot views, Filters filters, CancellationToken cancel)
    {
        var closed = filters.Months.Where(month => views.FrozenMonths.ContainsKey(month)
            && FrozenMonths.Of(filters with { Months = [month] }) is not null).ToList();
        return closed.Count == 0 ? [] : await FrozenMonths.ReadAsync(views, closed, cancel);
    }

    /// <summary>A row as a month of the history.</summary>
    public static HistoryMonth Month(int month, ScorecardRow row) => new(
        BusinessZone.MonthOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture), row.Allocated, row.Grade,
        row.BaseGrade, row.GradeNote, row.FailedFirstPassRate, row.Attendance, row.Score, row.MeasuredMax,
        row.ScoreBand, row.Drop, row.Frozen);
}
