using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Performance.Notifications;

/// <summary>A mail server that speaks just enough SMTP, and refuses as many messages as it is told to.</summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private int refusals;

    public FakeSmtpServer(int refusals = 0)
    {
        this.refusals = refusals;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Messages that were accepted, headers and body as sent.</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    /// <summary>How many messages were offered, accepted or not.</summary>
    public int Offered { get; private set; }

    /// <summary>Refuses the next messages, or all with a large number.</summary>
    public void Refuse(int messages) => Volatile.Write(ref refusals, messages);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (stop.IsCancellationRequested
            || e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped; a listener that was stopped between two clients says so in one of several ways.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false));
        (writer.NewLine, writer.AutoFlush) = ("\r\n", true);
        try
        {
            await writer.WriteLineAsync("220 fake");
            while (await reader.ReadLineAsync(stop.Token) is { } line && await AnswerAsync(line, reader, writer))
            {
            }
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }

    private async Task<bool> AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "QUIT":
                await writer.WriteLineAsync("221 bye");
                return false;
            case "RCPT":
                Offered++;
                var refuse = Interlocked.Decrement(ref refusals) >= 0;
                await writer.WriteLineAsync(refuse ? $"451 not now, {line[8..]}" : "250 ok");
                return true;
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                var message = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } text && text != ".")
                {
                    message.Append(text).Append('\n');
                }

                Accepted.Enqueue(message.ToString());
                await writer.WriteLineAsync("250 accepted");
                return true;
            default:
                await writer.WriteLineAsync("250 ok");
                return true;
        }
    }
}
