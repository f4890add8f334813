using System.Globalization;
using Marten;

namespace Performance.Coaching;

/// <summary>The ETag of what a GET answers: its stream's version, to be sent back as If-Match.</summary>
internal static class HttpTags
{
    public static async Task TagAsync(
        this HttpContext http, IQuerySession session, Guid streamId, CancellationToken cancel)
    {
        var stream = await session.Events.FetchStreamStateAsync(streamId, cancel);
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{stream?.Version ?? 0}\"");
    }
}
