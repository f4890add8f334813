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

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/scoring/charts/pulse", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, CancellationToken cancel) =>
        {
            var filters = Filters.From(http.Request.Query);
            await using var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            var agents = AgentScope.Of(views, caller, filters).Numbers();
            var since = await BoundAsync(views, filters, agents, "tablesample system (2) repeatable (0)", cancel)
                ?? await BoundAsync(views, filters, agents, "", cancel);
            var days = await CountAsync(views, filters, agents, since, cancel);
            return days.AsEnumerable().Reverse();
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

    /// <summary>
    /// A day on or after which the twenty latest lie: on each of these some ticket in scope was touched for the last
    /// time so far. Any twenty will do, those of a few tickets too. Null: there are not so many, all days count.
    /// </summary>
    private static async Task<DateOnly?> BoundAsync(
        ViewSnapshot views, Filters filters, IReadOnlyList<int>? agents, string sample, CancellationToken cancel)
    {
        var scope = TicketScope.Of(filters, agents, views.Facets);
        var last = await views.ReadAsync(
            $"select f.last_day from ticket_facts f {sample} {scope.Where} group by 1 order by 1 desc limit {Top}",
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
