using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting;

/// <summary>One public port in front of several processes: each connection goes to the next that answers.</summary>
internal sealed class TcpProxy(int port, IReadOnlyList<int> targets) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port);
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;
    private int _next = -1;

    /// <summary>How long a connection waits for a process to come back before it is refused.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    public void Start()
    {
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var _ = client;
        try
        {
            using var server = await ConnectAsync(_stop.Token).ConfigureAwait(false);
            if (server is null)
                return;
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone: both are closed.
        }
    }

    private async Task<Socket?> ConnectAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited <= Patience; waited += TimeSpan.FromMilliseconds(100))
        {
            for (var i = 0; i < targets.Count; i++)
            {
                var target = targets[(int)((uint)Interlocked.Increment(ref _next) % targets.Count)];
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, target, cancellationToken).ConfigureAwait(false);
                    return socket;
                }
                catch (SocketException)
                {
                    socket.Dispose();
                }
            }

            await Task.Delay(100, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, _stop.Token)
                    .ConfigureAwait(false);
                if (count == 0)
                    break;
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _stop.Token)
                        .ConfigureAwait(false);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // A reset on one side resets the other.
            from.Close(0);
            to.Close(0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
