using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Performance.Gateway;

/// <summary>
/// The head of an event stream goes out at once: the proxy alone would keep it until the first event, and a browser
/// would not know that it is connected.
/// </summary>
internal static class EventStreams
{
    public static void AddTo(TransformBuilderContext context) => context.AddResponseTransform(async transform =>
    {
        if (transform.ProxyResponse?.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            var http = transform.HttpContext;
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    });
}
