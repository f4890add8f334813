using Microsoft.AspNetCore.Routing.Template;

namespace Performance.Gateway;

/// <summary>
/// What no route takes is not for the portal to answer with a page: 404, or 405 or 415 where only the method or the
/// content type is wrong.
/// </summary>
internal static class NoSuchEndpoint
{
    private static readonly string[] Own =
        ["/api/{**rest}", "/auth/{**rest}", "/openapi/{**rest}", "/.well-known/{**rest}"];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in Own)
        {
            app.Map(path, Handle).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static IResult Handle(HttpContext http, EndpointDataSource endpoints)
    {
        var self = http.GetEndpoint();
        var others = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint != self && !IsCatchAllOfAll(endpoint) && Matches(endpoint, http.Request.Path))
            .ToList();
        var methods = others
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct().Order().ToList();
        if (methods.Count == 0)
        {
            return Results.Problem(statusCode: 404, title: "There is no such endpoint.");
        }

        if (methods.Contains(http.Request.Method))
        {
            return Results.Problem(statusCode: 415, title: "The content type is not one that this endpoint takes.");
        }

        http.Response.Headers.Allow = string.Join(", ", methods);
        return Results.Problem(statusCode: 405, title: $"Here only {string.Join(", ", methods)}.");
    }

    private static bool IsCatchAllOfAll(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is "/{**rest}" || Own.Contains(endpoint.RoutePattern.RawText);

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
