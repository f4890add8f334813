using System.Globalization;
using Performance.Scoring.Scorecards;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;

namespace Performance.Scoring.Charts;

/// <summary>
/// <c>GET /api/scoring/charts/pulse</c>: how many tickets were touched on each of the last twenty days on which any
/// was, oldest first. Behind a bar: <c>scorecard/all/tickets?measure=allocated&amp;touched={key}</c>.
/// </summary>
internal static class GetPulse
{
    private const int Top = 20;

    // Days that are counted at first. Where the filters leave fewer than twenty of them, more are.
    private const int Recent = 40;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/charts/pulse", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var agents = AgentScope.Of(views, caller, filters).Numbers();
            var recent = await RecentAsync(views, cancel);
            var days = recent.Count < Top ? [] : await CountAsync(views, filters, agents, recent[^1], cancel);
            if (days.Count < Top)
            {
                var bound = await BoundAsync(views, filters, agents, cancel);
                days = await CountAsync(views, filters, agents, bound, cancel);
            }

            return days.AsEnumerable().Reverse();
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    /// <summary>The latest days on which any ticket was touched, by one look into the index for each.</summary>
    private static Task<List<DateOnly>> RecentAsync(ViewSnapshot views, CancellationToken cancel) =>
        views.ReadAsync(
            $"""
            with recursive days (day) as (
                select max(day) from ticket_days
                union all
                select (select max(t.day) from ticket_days t where t.day < days.day) from days
                where days.day is not null)
            select day from days where day is not null limit {Recent}
            """, r => r.GetFieldValue<DateOnly>(0), cancel);

    /// <summary>
    /// A day on or after which the twenty latest lie: on each of these some ticket in scope was touched for the last
    /// time so far. Null: all days have to be counted.
    /// </summary>
    private static async Task<DateOnly?> BoundAsync(
        ViewSnapshot views, Filters filters, IReadOnlyList<int>? agents, CancellationToken cancel)
    {
        var scope = TicketScope.Of(filters, agents, views.Facets);
        var last = await views.ReadAsync(
            $"select f.last_day from ticket_facts f {scope.Where} group by 1 order by 1 desc limit {Top}",
            r => r.GetFieldValue<DateOnly>(0), cancel, scope.Parameters);
        return last.Count < Top ? null : last[^1];
    }

    private static Task<List<Bar>> CountAsync(
        ViewSnapshot views, Filters filters, IReadOnlyList<int>? agents, DateOnly? since, CancellationToken cancel)
    {
        var scope = TicketScope.Of(filters, agents, views.Facets);
        // Days are kept of tickets that have facts and of no others: without a condition there is nothing to join.
        var from = scope.Where.Length == 0
            ? "from ticket_days d" : "from ticket_days d join ticket_facts f using (ticket_id)";
        if (since is { } first)
        {
            scope.Add($"d.day >= {scope.Parameter(first)}");
        }

        return views.ReadAsync(
            $"select d.day, count(*) {from} {scope.Where} group by d.day order by d.day desc limit {Top}",
            r => Bar(r.GetFieldValue<DateOnly>(0), r.GetInt64(1)), cancel, scope.Parameters);
    }

    private static Bar Bar(DateOnly day, long count) => new(
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        day.ToString("ddd, MMM d", CultureInfo.InvariantCulture), count);
}
