using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>The frame of every page.</summary>
internal sealed class Layout(string application)
{
    public string Application { get; } = application.Replace(".AppHost", "", StringComparison.Ordinal);

    public Task WriteAsync(HttpContext context, string title, Html content) =>
        WritePageAsync(context, title, Html.Of($"""
            <header class="rail">
              <a class="brand" href="/">{Application}</a>
              <nav aria-label="Main">
                {Link(context, "/", "Resources", "▦")}
                {Link(context, "/consolelogs", "Console", "▤")}
              </nav>
            </header>
            <div class="page">
              <div class="bar">
                <h1>{title}</h1>
                <p class="live" role="status"><span class="dot" aria-hidden="true"></span>
                <span class="word">live</span></p>
                <label class="theme">Theme <select id="theme">
                  <option value="">system</option><option>light</option><option>dark</option>
                </select></label>
              </div>
              <main id="main" tabindex="-1">{content}</main>
            </div>
            """));

    /// <summary>A page without the frame.</summary>
    public Task WriteBareAsync(HttpContext context, string title, Html content) =>
        WritePageAsync(context, title, Html.Of($"""<main class="bare">{content}</main>"""));

    public Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(context, "Not here", Html.Of(
            $"""<p class="empty">There is no such resource. <a href="/">All resources</a></p>"""));
    }

    private static Html Link(HttpContext context, string path, string text, string sign)
    {
        var here = path == "/" ? context.Request.Path == "/" || context.Request.Path.StartsWithSegments("/resources")
            : context.Request.Path.StartsWithSegments(path);
        return Html.Of($"""
            <a href="{path}" {(here ? new Html("aria-current=\"page\"") : Html.None)}>
            <span class="sign" aria-hidden="true">{sign}</span>{text}</a>
            """);
    }

    private Task WritePageAsync(HttpContext context, string title, Html body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{title} · {Application}</title>
              <link rel="icon" href="/assets/dashboard.svg">
              <link rel="stylesheet" href="/assets/dashboard.css">
              <script src="/assets/dashboard.js" defer></script>
            </head>
            <body>
              <a class="skip" href="#main">Skip to content</a>
              {body}
            </body>
            </html>
            """).Markup, context.RequestAborted);
    }
}
