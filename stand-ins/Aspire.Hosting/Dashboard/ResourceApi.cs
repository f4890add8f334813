using System.Text.Json;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>Resources as JSON, commands on them, and a stream that tells of changes.</summary>
internal static class ResourceApi
{
    private static readonly TimeSpan NoticesAtMostEvery = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder routes, ResourceBoard board, ResourceCommandService commands)
    {
        routes.MapGet("/api/resources", context => JsonAsync(context, board.All().Select(ToJson)));
        routes.MapGet("/api/resources/{id}", context => board.Find(Route(context, "id")) is { } process
            ? JsonAsync(context, ToJson(process)) : StatusAsync(context, StatusCodes.Status404NotFound));
        routes.MapGet("/api/resources/{id}/environment/{name}", context => VariableAsync(context, board));
        routes.MapPost("/api/resources/{id}/{command}", context => CommandAsync(context, board, commands));
        routes.MapGet("/api/events", context => StreamAsync(context, board));
    }

    private static async Task CommandAsync(
        HttpContext context, ResourceBoard board, ResourceCommandService commands)
    {
        if (board.Find(Route(context, "id")) is null)
        {
            await StatusAsync(context, StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        // A command goes on when the one who gave it has left.
        var command = $"resource-{Route(context, "command")}";
        var result = await commands.ExecuteCommandAsync(Route(context, "id"), command, CancellationToken.None)
            .ConfigureAwait(false);
        context.Response.StatusCode = result.Success ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await JsonAsync(context, new { success = result.Success, error = result.ErrorMessage }).ConfigureAwait(false);
    }

    private static Task VariableAsync(HttpContext context, ResourceBoard board)
    {
        var found = board.Find(Route(context, "id"))?.Environment
            .FirstOrDefault(v => v.Name == Route(context, "name"));
        return found?.Name is null
            ? StatusAsync(context, StatusCodes.Status404NotFound)
            : JsonAsync(context, new { value = found.Value.Value });
    }

    /// <summary>Says that something changed, not what; so one notice is enough for many changes at once.</summary>
    private static async Task StreamAsync(HttpContext context, ResourceBoard board)
    {
        context.Response.ContentType = "text/event-stream";
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });
        var watch = WatchAsync(board, changed, left.Token);
        try
        {
            await foreach (var _ in changed.Reader.ReadAllAsync(left.Token).ConfigureAwait(false))
            {
                await context.Response.WriteAsync("event: changed\ndata: {}\n\n", left.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(left.Token).ConfigureAwait(false);
                await Task.Delay(NoticesAtMostEvery, left.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader left.
        }

        await left.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task WatchAsync(
        ResourceBoard board, Channel<bool> changed, CancellationToken cancellationToken)
    {
        await foreach (var _ in board.WatchAsync(cancellationToken).ConfigureAwait(false))
            changed.Writer.TryWrite(true);
        changed.Writer.TryComplete();
    }

    private static object ToJson(ProcessView p) => new
    {
        id = p.Id, name = p.Resource, type = p.Type, state = p.State, health = p.Health?.ToString(),
        pid = p.Pid, exitCode = p.ExitCode, startTime = p.Started, stopTime = p.Stopped, replicas = p.Replicas,
        urls = p.Urls.Select(u => new { name = u.Name, url = u.Url }),
        healthChecks = p.Checks.Select(c => new { name = c.Name, status = c.Status?.ToString(), c.Description }),
    };

    private static string Route(HttpContext context, string name) => (string)context.GetRouteValue(name)!;

    private static Task JsonAsync(HttpContext context, object value) =>
        context.Response.WriteAsJsonAsync(value, JsonSerializerOptions.Web, context.RequestAborted);

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
