using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Aspire.Hosting.Dashboard;

/// <summary>Lets in whoever knows the token of this run: by link and cookie in a browser, else by header.</summary>
internal sealed class DashboardAccess(IConfiguration configuration)
{
    private const string Cookie = ".Aspire.Dashboard.Auth";
    private readonly string _token = configuration["AppHost:BrowserToken"]!;

    // Not the token itself, so that what a browser keeps does not open the API to other programs.
    private string CookieValue => Convert.ToHexString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(_token), "dashboard cookie"u8));

    public bool IsToken(string? given) => Same(given, _token);

    public void SignIn(HttpContext context) => context.Response.Cookies.Append(Cookie, CookieValue, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/",
    });

    /// <summary>Refuses strangers, other hosts' names (DNS rebinding) and other sites' requests.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        var path = context.Request.Path;
        if (context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        if (path.StartsWithSegments("/login") || path.StartsWithSegments("/assets") || MayEnter(context))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        context.Response.Redirect("/login?returnUrl=" + Uri.EscapeDataString(path + context.Request.QueryString));
    }

    private bool MayEnter(HttpContext context)
    {
        var request = context.Request;
        if (IsToken(First(request.Headers["X-API-Key"])))
            return true;
        if (First(request.Headers.Authorization) is { } bearer
            && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return IsToken(bearer["Bearer ".Length..]);

        // A browser sends the cookie along; only our own script can add the header.
        return Same(request.Cookies[Cookie], CookieValue)
            && (HttpMethods.IsGet(request.Method) || request.Headers["X-Requested-With"] == "dashboard");
    }

    private static string? First(StringValues values) => values.Count > 0 ? values[0] : null;

    private static bool Same(string? given, string expected) => given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
