using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Performance.Portal.Live;

/// <summary>One notice: what changed, by topic.</summary>
public sealed record LiveNotice(string Topic, string Data, string? Id);

/// <summary>Reads notices off a stream of server-sent events.</summary>
public static class SseReader
{
    public static async IAsyncEnumerable<LiveNotice> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
        {
            yield return new LiveNotice(item.EventType, item.Data, item.EventId);
        }
    }
}
