using Microsoft.AspNetCore.Http.Extensions;

namespace Performance.Gateway;

/// <summary>
/// Anti-forgery: a browser that sends our cookie for another site's page says so in Sec-Fetch-Site or Origin. What
/// changes something, or opens a socket, is then refused. Bearer tokens are not sent by themselves: no check.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next, ILogger<SameOrigin> logger)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!NeedsCheck(http) || IsSameOrigin(http.Request))
        {
            return next(http);
        }

        logger.LogWarning(
            "Refused {Method} {Path} from origin {Origin}",
            http.Request.Method, http.Request.Path, http.Request.Headers.Origin.ToString());
        return Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            title: "This request comes from another site's page.",
            detail: $"Expected the origin {UriHelper.BuildAbsolute(http.Request.Scheme, http.Request.Host)}.")
            .ExecuteAsync(http);
    }

    private static bool NeedsCheck(HttpContext http)
    {
        var byCookie = http.Features.Get<Session>() is not null;
        var path = http.Request.Path;
        return http.WebSockets.IsWebSocketRequest || IsUpgrade(http.Request)
            ? byCookie
            : !IsSafe(http.Request.Method)
                && (byCookie || path.StartsWithSegments("/auth/login") || path.StartsWithSegments("/auth/logout"));
    }

    private static bool IsUpgrade(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is "same-origin" or "none";
        }

        // Hosts are compared, not schemes: TLS may end before us. Neither header: not a browser's page.
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && new HostString(from.Authority).Equals(new HostString(Authority(request, from))));
    }

    // Uri drops the default port of its scheme; a Host header may spell it out.
    private static string Authority(HttpRequest request, Uri like) =>
        new UriBuilder(like.Scheme, request.Host.Host, request.Host.Port ?? -1).Uri.Authority;
}
