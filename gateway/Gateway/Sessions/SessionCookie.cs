namespace Performance.Gateway;

/// <summary>The cookie that holds a session's secret: unreadable for scripts, and gone with the browser.</summary>
internal static class SessionCookie
{
    public const string Name = "performance.session";

    private const int SecretLength = 43;

    public static string? Read(HttpRequest request) =>
        request.Cookies[Name] is { Length: SecretLength } secret ? secret : null;

    public static void Write(HttpContext http, string secret) =>
        http.Response.Cookies.Append(Name, secret, Options(http));

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    /// <summary>The request's cookies without ours, for a backend; null if none are left.</summary>
    public static string? Others(HttpRequest request)
    {
        var others = request.Headers.Cookie
            .SelectMany(header => header?.Split(';', StringSplitOptions.TrimEntries) ?? [])
            .Where(cookie => cookie.Length > 0 && !cookie.StartsWith(Name + "=", StringComparison.OrdinalIgnoreCase));
        return string.Join("; ", others) is { Length: > 0 } left ? left : null;
    }

    // Lax, not strict: a link in a mail shall find its reader signed in. Cross-site writes are refused by SameOrigin.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/"
    };
}
