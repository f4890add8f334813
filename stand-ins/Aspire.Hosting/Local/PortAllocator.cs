using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Gives out ports that nobody uses and remembers them for later runs.</summary>
internal sealed class PortAllocator(DataFolder folder, IConfiguration configuration)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _given = [];
    private Dictionary<string, int>? _kept;

    /// <summary>Whether fixed ports are to be ignored, as in tests.</summary>
    public bool IgnoreFixed { get; } =
        string.Equals(configuration["DcpPublisher:RandomizePorts"], "true", StringComparison.OrdinalIgnoreCase);

    private string FilePath => Path.Combine(folder.Folder("run"), "ports");

    /// <summary>The port of an earlier run if it is free, else a free one.</summary>
    /// <param name="key">What for.</param>
    public int Keep(string key)
    {
        lock (_gate)
        {
            _kept ??= Read();
            if (_kept.TryGetValue(key, out var port) && !_given.Contains(port) && IsFree(port))
            {
                _given.Add(port);
                return port;
            }

            _kept[key] = port = Pick();
            File.WriteAllLines(FilePath, _kept.Select(k => $"{k.Key} {k.Value}"));
            return port;
        }
    }

    /// <summary>A free port that is not remembered.</summary>
    public int Any()
    {
        lock (_gate)
            return Pick();
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.ExclusiveAddressUse = false;
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private int Pick()
    {
        // Below the range from which the system takes ports for outgoing connections, so that none gets in between.
        for (var i = 0; i < 1000; i++)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (!_given.Contains(port) && IsFree(port))
            {
                _given.Add(port);
                return port;
            }
        }

        throw new DistributedApplicationException("No free port between 20000 and 32000.");
    }

    private Dictionary<string, int> Read() => !File.Exists(FilePath) ? [] : File.ReadAllLines(FilePath)
        .Select(l => l.Split(' ')).Where(f => f.Length == 2)
        .ToDictionary(f => f[0], f => int.Parse(f[1], System.Globalization.CultureInfo.InvariantCulture));
}
