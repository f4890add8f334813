using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Performance.Tickets.Sync;

/// <summary>
/// The endpoints of ClickUp's API that the sync asks, on a port of this machine, with what goes wrong there.
/// </summary>
public sealed class FakeClickUp : IAsyncLifetime
{
    public const string Token = "pk_1_SECRET";
    public const string Team = "9001";

    /// <summary>In a task's text: half of a character.</summary>
    public const string NoUnicode = "(half)";

    private readonly WebApplication app;
    private readonly object gate = new();
    private readonly Dictionary<string, JsonObject> tasks = [];
    private int asking;

    public FakeClickUp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Use(GuardAsync);
        app.MapGet("/api/v2/team/{team}/task", ListAsync);
        app.MapGet("/api/v2/task/{id}", (string id) => Find(id) is { } task ? Json(task) : Results.NotFound());
        app.MapGet("/api/v2/task/{id}/time_in_status", (string id) => Json(TimeInStatus(id)));
        app.MapGet("/api/v2/task/bulk_time_in_status/task_ids", (HttpRequest request) =>
        {
            var ids = request.Query["task_ids"];
            return ids.Count is < 2 or > 100
                ? Results.BadRequest(new { err = "Between 2 and 100 ids", ECODE = "TIS_1" })
                : Json(new JsonObject(ids.Select(id => KeyValuePair.Create(id!, (JsonNode?)TimeInStatus(id!)))));
        });
    }

    public string Address => app.Urls.Single();

    /// <summary>Path and query of every request that came in, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Spoils an answer: gets the context and the request's number, from 1; true: it has answered.</summary>
    public Func<HttpContext, int, Task<bool>>? Trouble { get; set; }

    /// <summary>What changes behind a page that was answered.</summary>
    public Action<int>? AfterPage { get; set; }

    /// <summary>Oldest first instead of newest first.</summary>
    public bool Ascending { get; set; }

    /// <summary>How many requests were being answered at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    public Task InitializeAsync() => app.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Put(JsonObject task)
    {
        lock (gate)
        {
            tasks[(string)task["id"]!] = task;
        }
    }

    public void Change(string id, Action<JsonObject> change)
    {
        lock (gate)
        {
            var task = (JsonObject)tasks[id].DeepClone();
            change(task);
            tasks[id] = task;
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            tasks.Remove(id);
        }
    }

    public IReadOnlyList<JsonObject> Tasks()
    {
        lock (gate)
        {
            return [.. tasks.Values];
        }
    }

    /// <summary>A minute's limit that is reached; lifted after a second.</summary>
    public static async Task<bool> LimitAsync(HttpContext http)
    {
        http.Response.StatusCode = 429;
        http.Response.Headers["X-RateLimit-Limit"] = "100";
        http.Response.Headers["X-RateLimit-Remaining"] = "0";
        http.Response.Headers["X-RateLimit-Reset"] = TimeProvider.System.GetUtcNow().AddSeconds(1)
            .ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsync("""{"err":"Rate limit reached","ECODE":"APP_002"}""");
        return true;
    }

    /// <summary>JSON that ends midway, though the status says all is well.</summary>
    public static async Task<bool> CutAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"tasks":[{"id":"half","name":"Half a ti""");
        return true;
    }

    public static async Task<bool> FailAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync("<html>Bad gateway</html>");
        return true;
    }

    /// <summary>No answer, until the asker gives up.</summary>
    public static async Task<bool> HangAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var given = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
        return true;
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        Calls.Enqueue(http.Request.Path + http.Request.QueryString);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref asking));
        try
        {
            if (http.Request.Headers.Authorization != Token)
            {
                http.Response.StatusCode = 401;
                await http.Response.WriteAsJsonAsync(new { err = "Token invalid", ECODE = "OAUTH_025" });
            }
            else if (Trouble is null || !await Trouble(http, Calls.Count))
            {
                await next(http);
            }
        }
        finally
        {
            Interlocked.Decrement(ref asking);
        }
    }

    private IResult ListAsync(string team, HttpRequest request)
    {
        if (team != Team)
        {
            return Results.NotFound();
        }

        var page = int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture);
        var closed = request.Query["include_closed"] == "true";
        var subtasks = request.Query["subtasks"] == "true";
        JsonObject answer;
        lock (gate)
        {
            var found = tasks.Values
                .Where(t => Later(t, "date_created", request.Query["date_created_gt"])
                    && Later(t, "date_updated", request.Query["date_updated_gt"]))
                .Where(t => closed || (string?)t["status"]?["type"] != "closed")
                .Where(t => subtasks || t["parent"] is null);
            var ordered = Ascending ? found.OrderBy(Updated) : found.OrderByDescending(Updated);
            answer = new JsonObject
            {
                ["tasks"] = new JsonArray([.. ordered.ThenBy(t => (string)t["id"]!, StringComparer.Ordinal)
                    .Skip(page * 100).Take(100).Select(t => t.DeepClone())])
            };
        }

        AfterPage?.Invoke(page);
        return Json(answer);
    }

    private JsonObject? Find(string id)
    {
        lock (gate)
        {
            return tasks.GetValueOrDefault(id);
        }
    }

    private JsonObject TimeInStatus(string id) => new()
    {
        ["current_status"] = new JsonObject
        {
            ["status"] = (string)Find(id)!["status"]!["status"]!, ["color"] = "#fff",
            ["total_time"] = new JsonObject { ["by_minute"] = 60, ["since"] = (string?)Find(id)!["since"] }
        },
        ["status_history"] = new JsonArray()
    };

    private static long Updated(JsonObject task) =>
        long.Parse((string)task["date_updated"]!, CultureInfo.InvariantCulture);

    private static bool Later(JsonObject task, string member, string? than) => string.IsNullOrEmpty(than)
        || long.Parse((string)task[member]!, CultureInfo.InvariantCulture) > long.Parse(
            than, CultureInfo.InvariantCulture);

    private static IResult Json(JsonNode node) =>
        Results.Text(node.ToJsonString().Replace(NoUnicode, @"\ud800"), "application/json");
}
