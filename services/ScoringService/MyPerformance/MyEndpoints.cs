using Performance.Scoring.Views;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.MyPerformance;

/// <summary>A rep's dashboard: the own under <c>/my</c>, somebody's under <c>/reps/{repId}</c> for who may.</summary>
internal static class MyEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/scoring/my", Month);
        app.MapGet("/api/scoring/my/week", Week);
        app.MapGet("/api/scoring/my/{metric}", Metric);
        app.MapGet("/api/scoring/reps/{repId}", Month);
        app.MapGet("/api/scoring/reps/{repId}/week", Week);
        app.MapGet("/api/scoring/reps/{repId}/{metric}", Metric);
    }

    private static RouteHandlerBuilder MapGet(
        this IEndpointRouteBuilder app, string path,
        Func<Request, ViewSnapshot, Guid, CancellationToken, Task<object>> read) =>
        EndpointRouteBuilderExtensions.MapGet(app, path, async (
                HttpContext http, ViewReader reader, AgentDirectory directory, TimeProvider clock,
                CancellationToken cancel) =>
            {
                await using var views = await reader.OpenAsync(cancel);
                var repId = http.GetRouteValue("repId") as string;
                var rep = await RepAccess.RepAsync(http, repId, views, directory, cancel);
                return Results.Ok(await read(new Request(http, directory, clock.GetUtcNow()), views, rep, cancel));
            })
            .RequireAuthorization(Policies.Person).WaitsForActivity();

    private static async Task<object> Month(Request asked, ViewSnapshot views, Guid rep, CancellationToken cancel) =>
        await GetMonth.ReadAsync(views, rep, asked.Month, asked.Directory, asked.Now, cancel);

    private static async Task<object> Week(Request asked, ViewSnapshot views, Guid rep, CancellationToken cancel) =>
        await GetWeek.ReadAsync(views, rep, asked.Date, asked.Now, cancel);

    private static async Task<object> Metric(Request asked, ViewSnapshot views, Guid rep, CancellationToken cancel) =>
        await GetMetric.ReadAsync(views, rep, asked.Metric, asked.Month, asked.Currency, asked.Now, cancel);

    private sealed class Request(HttpContext http, AgentDirectory directory, DateTimeOffset now)
    {
        public AgentDirectory Directory => directory;

        public DateTimeOffset Now => now;

        public DateOnly? Month => Query("month") is { } text ? Input.Month("month", text) : null;

        public DateOnly? Date => Query("date") is { } text ? Input.Date("date", text) : null;

        public string Metric => (string)http.GetRouteValue("metric")!;

        public string? Currency => Input.OptionalLine("currency", Query("currency"), 3);

        private string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } text] ? text : null;
    }
}
