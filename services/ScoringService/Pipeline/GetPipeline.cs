using Performance.Scoring.Scorecards;
using Performance.Scoring.ScorePolicies;
using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Pipeline;

/// <summary>An open ticket. <c>Age</c>: red, amber or fresh; hold hours only while in a hold status.</summary>
internal sealed record PipelineItem(TicketItem Ticket, decimal DaysSinceCreated, string Age, decimal? HoldHours);

/// <summary>Tickets that need somebody today, oldest first, with how many there are.</summary>
internal sealed record Escalations(
    Page<PipelineItem> Old, Page<PipelineItem> LongHold, int OldTicketDays, int LongHoldHours, DateTimeOffset AsOf);

/// <summary>
/// <c>GET /api/scoring/pipeline?search=&amp;sort=&amp;desc=</c> and <c>/escalations</c>: open tickets by calendar time.
/// </summary>
internal static class GetPipeline
{
    private const int LongestSearch = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/scoring/pipeline", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            await using var list = await OpenList.OfAsync(http, reader, directory, clock, cancel);
            var search = Input.OptionalLine("search", http.Request.Query["search"], LongestSearch);
            var order = PipelineOrder.From(http.Request.Query);
            return await list.PageAsync(scope =>
            {
                if (search is not null)
                {
                    var pattern = scope.Parameter($"%{Escaped(search)}%");
                    scope.Add($"(h.external_id ilike {pattern} or h.title ilike {pattern})");
                }
            }, order, cancel, searched: search is not null);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();

        app.MapGet("/api/scoring/escalations", async (
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
            CancellationToken cancel) =>
        {
            await using var list = await OpenList.OfAsync(http, reader, directory, clock, cancel);
            var policy = list.Policy;
            return new Escalations(
                await list.PageAsync(
                    scope => scope.Add(OpenWork.IsOld(scope, policy, list.Now)), PipelineOrder.OldestFirst, cancel),
                await list.PageAsync(
                    scope => scope.Add(OpenWork.IsLongOnHold(scope, policy, list.Now)),
                    PipelineOrder.LongestHoldFirst, cancel),
                policy.OldTicketDays, policy.LongHoldHours, list.Now);
        }).RequireAuthorization(Policies.Person).WaitsForTickets();
    }

    private static string Escaped(string search) =>
        search.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    private sealed class OpenList(
        ViewSnapshot views, Caller caller, Filters filters, (int Skip, int Take) page, DateTimeOffset now)
        : IAsyncDisposable
    {
        public DateTimeOffset Now => now;

        public ScorePolicy Policy { get; } = GetScorecard.PolicyFor(views, filters, now).Policy;

        public static async Task<OpenList> OfAsync(
            HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock, CancellationToken cancel)
        {
            var query = http.Request.Query;
            var filters = Filters.From(query);
            var page = Input.Page(query["page"], query["pageSize"]);
            var views = await reader.OpenAsync(cancel);
            var caller = await Caller.OfAsync(http, directory, views.Merges, cancel);
            return new OpenList(views, caller, filters, page, OpenWork.AsStored(clock.GetUtcNow()));
        }

        public async Task<Page<PipelineItem>> PageAsync(
            Action<TicketScope> narrow, PipelineOrder order, CancellationToken cancel, bool searched = false)
        {
            var scope = TicketScope.Of(filters, AgentScope.Of(views, caller, filters).Numbers(), views.Facets)
                .Add(OpenWork.IsOpen);
            narrow(scope);
            const string From = "from ticket_facts f";
            const string Histories = " join ticket_histories h using (ticket_id)";
            var total = await views.ReadAsync(
                $"select count(*) {From}{(searched ? Histories : "")} {scope.Where}", r => r.GetInt64(0), cancel,
                scope.Parameters.ToList());
            var (ranks, value, way) = order.Sql(scope, views, caller);
            var tickets = await TicketLists.ReadAsync(
                views, caller,
                $"""
                select {TicketLists.Columns}
                from (select f.*, {value} as place {From}{(searched || order.NeedsHistory ? Histories : "")} {ranks}
                    {scope.Where} order by {value} {way}
                    limit {scope.Parameter(page.Take)} offset {scope.Parameter(page.Skip)}) f
                    join ticket_histories h using (ticket_id)
                order by f.place {way}
                """, scope.Parameters, cancel);
            return new Page<PipelineItem>([.. tickets.Select(Item)], total[0], views.Position);
        }

        public ValueTask DisposeAsync() => views.DisposeAsync();

        private PipelineItem Item(TicketItem ticket)
        {
            var age = now - ticket.CreatedAt;
            return new PipelineItem(
                ticket, age.Ticks / (decimal)TimeSpan.TicksPerDay,
                age > TimeSpan.FromDays(Policy.OldTicketDays) ? "red"
                    : age > TimeSpan.FromDays(Policy.AmberTicketDays) ? "amber" : "fresh",
                ticket.HoldSince is { } since ? (now - since).Ticks / (decimal)TimeSpan.TicksPerHour : null);
        }
    }
}
