using System.Diagnostics;

namespace Performance.Gateway;

/// <summary>What every answer carries: what a browser may do with it, and the trace to look for.</summary>
internal static class ResponseHeaders
{
    public const string Trace = "X-Trace-Id";

    // Radzen sets style attributes, Blazor none of its scripts inline. A page may send a stricter policy of its own.
    private const string Content =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        + "frame-ancestors 'none'";

    public static void UseResponseHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var trace = Activity.Current?.TraceId.ToHexString();
        http.Response.OnStarting(() =>
        {
            Set(http, trace);
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Set(HttpContext http, string? trace)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = headers.ContentSecurityPolicy is { Count: > 0 } own ? own : Content;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.Remove("Server");
        headers.Remove("X-Powered-By");
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (http.Request.Path.StartsWithSegments("/auth"))
        {
            headers.CacheControl = "no-store";
        }

        if (trace is not null)
        {
            headers[Trace] = trace;
        }
    }
}
