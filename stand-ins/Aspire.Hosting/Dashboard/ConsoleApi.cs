using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>Console logs: as a stream of new lines, and as a file.</summary>
internal static class ConsoleApi
{
    public static void Map(IEndpointRouteBuilder routes, ResourceBoard board)
    {
        routes.MapGet("/api/consolelogs/{resource}", context => StreamAsync(context, board));
        routes.MapGet("/api/consolelogs/{resource}/download", context => DownloadAsync(context, board));
    }

    private static async Task StreamAsync(HttpContext context, ResourceBoard board)
    {
        if (board.Find(Resource(context)) is not { } process)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var id = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["after"];
        var after = int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        try
        {
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            var lines = board.LogOf(process.Resource).FollowAsync(after, context.RequestAborted);
            await foreach (var line in lines.ConfigureAwait(false))
            {
                var json = JsonSerializer.Serialize(
                    new { html = ConsoleMarkup.Line(line).Markup }, JsonSerializerOptions.Web);
                await context.Response.WriteAsync($"id: {line.Number}\ndata: {json}\n\n", context.RequestAborted)
                    .ConfigureAwait(false);
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader left.
        }
    }

    private static async Task DownloadAsync(HttpContext context, ResourceBoard board)
    {
        if (board.Find(Resource(context)) is not { } process)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{process.Resource}.log\"";
        var wanted = (string?)context.Request.Query["process"];
        foreach (var line in board.LogOf(process.Resource).Entries().Where(l => Matches(l, wanted)))
        {
            var text = ConsoleMarkup.Plain(line.Text);
            await context.Response.WriteAsync(
                $"{line.At:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Source ?? "host"} {text}\n", context.RequestAborted)
                .ConfigureAwait(false);
        }
    }

    private static bool Matches(ConsoleLine line, string? process) =>
        string.IsNullOrEmpty(process) || line.Source is null || line.Source == process;

    private static string Resource(HttpContext context) => (string)context.GetRouteValue("resource")!;
}
