using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Turns the token of the printed link into a cookie.</summary>
internal static class LoginPage
{
    public static void Map(IEndpointRouteBuilder routes, DashboardAccess access, Layout layout)
    {
        routes.MapGet("/login", context =>
        {
            var token = (string?)context.Request.Query["t"];
            return token is null ? ShowAsync(context, layout, null) : EnterAsync(context, access, layout, token);
        });
        routes.MapPost("/login", async context =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            await EnterAsync(context, access, layout, ((string?)form["t"])?.Trim() ?? "").ConfigureAwait(false);
        });
    }

    private static Task EnterAsync(HttpContext context, DashboardAccess access, Layout layout, string token)
    {
        if (!access.IsToken(token))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return ShowAsync(context, layout, "That is not the token of this run. It changes with every start.");
        }

        access.SignIn(context);

        // Only within this site: an address such as //elsewhere would leave it.
        var target = (string?)context.Request.Query["returnUrl"];
        var local = target is ['/', not ('/' or '\\'), ..] ? target : "/";
        context.Response.Redirect(local);
        return Task.CompletedTask;
    }

    private static Task ShowAsync(HttpContext context, Layout layout, string? error) =>
        layout.WriteBareAsync(context, "Sign in", Html.Of($"""
            <form class="login" method="post" action="/login{context.Request.QueryString.HasValue switch
            {
                true when context.Request.Query["returnUrl"].Count > 0 =>
                    "?returnUrl=" + Uri.EscapeDataString(context.Request.Query["returnUrl"]!),
                _ => "",
            }}">
              <h1>{layout.Application}</h1>
              <label for="t">Token</label>
              <input id="t" name="t" type="password" autocomplete="off" required autofocus
                aria-describedby="help" {(error is null ? Html.None : new Html("aria-invalid=\"true\""))}>
              <p id="help">The host prints a link with the token when it starts.</p>
              <p class="error" role="alert">{error ?? ""}</p>
              <button type="submit">Sign in</button>
            </form>
            """));
}
