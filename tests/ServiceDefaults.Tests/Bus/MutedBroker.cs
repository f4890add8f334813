using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Performance.Testing;

namespace Performance.ServiceDefaults.Bus;

/// <summary>
/// The test broker behind a wire that can keep back its answers to <c>queue.declare</c>, as a broker does that takes
/// connections while it still loads its tables.
/// </summary>
internal sealed class MutedBroker : IAsyncDisposable
{
    private const int FrameHeader = 7;
    private const uint QueueDeclareOk = (50 << 16) | 11;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Uri broker = new(TestRabbitMq.Uri);
    private readonly Task accepting;
    private int keptBack;

    public MutedBroker()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Whether answers are kept back.</summary>
    public bool Muted { get; set; } = true;

    /// <summary>How many answers were.</summary>
    public int KeptBack => Volatile.Read(ref keptBack);

    public string Uri => new UriBuilder(broker)
    {
        Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port
    }.Uri.ToString();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ConnectAsync(await listener.AcceptTcpClientAsync(end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ConnectAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(broker.Host, broker.Port < 0 ? 5672 : broker.Port, end.Token);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), end.Token),
                    AnswerAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One of the two went away: so does the other.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        while (true)
        {
            var header = new byte[FrameHeader];
            await from.ReadExactlyAsync(header, end.Token);
            var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(3)) + 1];
            await from.ReadExactlyAsync(payload, end.Token);
            var method = header[0] == 1 ? BinaryPrimitives.ReadUInt32BigEndian(payload) : 0;
            if (Muted && method == QueueDeclareOk)
            {
                Interlocked.Increment(ref keptBack);
                continue;
            }

            await to.WriteAsync((byte[])[.. header, .. payload], end.Token);
        }
    }
}
