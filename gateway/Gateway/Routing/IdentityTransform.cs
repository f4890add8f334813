using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Performance.Gateway;

/// <summary>
/// What a backend learns about the caller is what we checked: the cookie becomes a bearer token, a token that is not
/// valid is dropped, and so is every header in which a client might introduce itself.
/// </summary>
internal static class IdentityTransform
{
    private const string Bearer = JwtBearerDefaults.AuthenticationScheme;

    // Prefixes of headers that proxies in front of other systems use to say who somebody is.
    private static readonly string[] Introductions =
    [
        "X-User", "X-Auth", "X-Role", "X-Agent", "X-Team", "X-Department", "X-Remote", "Remote-", "X-MS-", "X-Client-",
        "X-Real-", "X-Original-", "X-Rewrite-", "X-Api-Key", "X-HTTP-Method", "X-Method-Override", "Forwarded",
        "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Groups", "X-Forwarded-Preferred", "X-Forwarded-Access",
        "X-Forwarded-Client", "Proxy-Authorization"
    ];

    public static void AddTo(TransformBuilderContext context)
    {
        var passesCookies = context.Route.Metadata?.ContainsKey(GatewayRoute.Cookies) == true;
        context.AddRequestTransform(transform =>
        {
            var headers = transform.ProxyRequest.Headers;
            foreach (var name in headers.Select(header => header.Key).Where(Introduces).ToList())
            {
                headers.Remove(name);
            }

            headers.Remove("Cookie");
            if (passesCookies && SessionCookie.Others(transform.HttpContext.Request) is { } cookies)
            {
                headers.TryAddWithoutValidation("Cookie", cookies);
            }

            headers.Authorization = Token(transform.HttpContext) is { } token
                ? new AuthenticationHeaderValue(Bearer, token)
                : null;
            return ValueTask.CompletedTask;
        });
    }

    private static bool Introduces(string header) =>
        Introductions.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string? Token(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true)
        {
            return null;
        }

        return http.Features.Get<AccessToken>() is { } fromCookie
            ? fromCookie.Value
            : http.Request.Headers.Authorization.ToString()[(Bearer.Length + 1)..].Trim();
    }
}
