using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Performance.Gateway;

/// <summary>
/// A service that is down or slow is a problem document with Retry-After, never an empty 502. Where a service has
/// replicas, a request that reached none is tried on another.
/// </summary>
internal sealed class ForwarderProblems(RequestDelegate next, ILogger<ForwarderProblems> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // The server's own limit is raised to the route's only behind this step.
        var proxy = http.GetReverseProxyFeature();
        var limit = proxy.Route.Config.MaxRequestBodySize;
        if (http.Request.ContentLength > limit)
        {
            await Refuse(http, StatusCodes.Status413PayloadTooLarge, TooLarge(limit));
            return;
        }

        // The load balancer replaces them by the one that it chose.
        var left = proxy.AvailableDestinations;
        await next(http);
        while (left.Count > 1 && ReachedNobody(http) && !http.Response.HasStarted)
        {
            left = left.Where(destination => destination != proxy.ProxiedDestination).ToList();
            proxy.AvailableDestinations = left;
            http.Features.Set<IForwarderErrorFeature>(null);
            http.Response.Clear();
            await next(http);
        }

        if (http.GetForwarderErrorFeature() is { } error && !http.Response.HasStarted)
        {
            await Explain(http, error, proxy.Cluster.Config.ClusterId);
        }
    }

    // Nothing was sent, so nothing can happen twice, whatever the method.
    private static bool ReachedNobody(HttpContext http) => http.GetForwarderErrorFeature() is
    {
        Error: ForwarderError.Request,
        Exception: HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        }
    };

    private Task Explain(HttpContext http, IForwarderErrorFeature error, string service)
    {
        switch (error.Error)
        {
            case ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
                or ForwarderError.ResponseBodyCanceled or ForwarderError.UpgradeRequestCanceled:
                return Task.CompletedTask;
            case ForwarderError.RequestBodyClient:
                return Causes(error.Exception).Any(cause => cause is BadHttpRequestException { StatusCode: 413 })
                    ? Refuse(http, StatusCodes.Status413PayloadTooLarge, TooLarge(null))
                    : Refuse(http, StatusCodes.Status400BadRequest, "The request's body broke off.");
            case ForwarderError.RequestTimedOut:
                logger.LogWarning("{Service} did not answer {Path} in time", service, http.Request.Path);
                http.Response.Headers.RetryAfter = "5";
                return Refuse(http, StatusCodes.Status504GatewayTimeout, $"{service} did not answer in time.");
            default:
                logger.LogWarning(
                    "{Service} cannot be reached for {Path}: {Error} {Message}",
                    service, http.Request.Path, error.Error, error.Exception?.Message);
                http.Response.Headers.RetryAfter = "2";
                return Refuse(
                    http, StatusCodes.Status503ServiceUnavailable, $"{service} is not available at the moment.");
        }
    }

    private static IEnumerable<Exception> Causes(Exception? exception) => exception switch
    {
        null => [],
        AggregateException many => many.InnerExceptions.SelectMany(Causes),
        _ => Causes(exception.InnerException).Prepend(exception)
    };

    private static string TooLarge(long? most) => most is null
        ? "The request's body is too large."
        : $"The request's body is too large: at most {most / GatewayRoute.Megabyte} MB here.";

    private static Task Refuse(HttpContext http, int status, string title) =>
        Results.Problem(statusCode: status, title: title).ExecuteAsync(http);
}
