using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The last lines that a resource wrote, and a tail for those who follow.</summary>
internal sealed class ConsoleLog
{
    private const int Kept = 10_000;
    private readonly Lock _gate = new();
    private readonly Queue<ConsoleLine> _lines = new();
    private readonly List<Channel<ConsoleLine>> _followers = [];
    private int _count;

    /// <summary>Adds text, one entry per line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isError">Whether from standard error.</param>
    /// <param name="source">Which process wrote it; null: the host.</param>
    public void Write(string text, bool isError, string? source)
    {
        var now = TimeProvider.System.GetUtcNow();
        lock (_gate)
        {
            foreach (var part in text.Split('\n'))
            {
                var line = new ConsoleLine(++_count, now, part.TrimEnd('\r'), isError, source);
                _lines.Enqueue(line);
                if (_lines.Count > Kept)
                    _lines.Dequeue();
                foreach (var follower in _followers)
                    follower.Writer.TryWrite(line);
            }
        }
    }

    public IReadOnlyList<ConsoleLine> Entries()
    {
        lock (_gate)
            return [.. _lines];
    }

    public IReadOnlyList<LogLine> Lines() => [.. Entries().Select(e => e.ToLogLine())];

    /// <summary>Entries after a number, then every new one.</summary>
    public async IAsyncEnumerable<ConsoleLine> FollowAsync(
        int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ConsoleLine>(
            new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        ConsoleLine[] earlier;
        lock (_gate)
        {
            earlier = [.. _lines.Where(l => l.Number > after)];
            _followers.Add(channel);
        }

        try
        {
            foreach (var line in earlier)
                yield return line;
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return line;
        }
        finally
        {
            lock (_gate)
                _followers.Remove(channel);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in FollowAsync(0, cancellationToken).ConfigureAwait(false))
            yield return [line.ToLogLine()];
    }
}

internal sealed record ConsoleLine(int Number, DateTimeOffset At, string Text, bool IsError, string? Source)
{
    public LogLine ToLogLine() => new(Number, $"{At:yyyy-MM-ddTHH:mm:ss.fffZ} {Text}", IsError);
}
