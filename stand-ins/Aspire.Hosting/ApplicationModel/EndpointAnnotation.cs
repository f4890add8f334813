using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Describes a port.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">Scheme of addresses; default <c>tcp</c>.</param>
    /// <param name="transport">Transport, such as <c>http</c> or <c>http2</c>; default by scheme.</param>
    /// <param name="name">Name; default the scheme.</param>
    /// <param name="port">Port that others use; null: any free one.</param>
    /// <param name="targetPort">Port that the process listens on; null: chosen.</param>
    /// <param name="isExternal">Whether meant for users outside.</param>
    /// <param name="isProxied">Whether a proxy may stand between.</param>
    public EndpointAnnotation(
        ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool? isExternal = null, bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : UriScheme);
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>Name, unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Port that others use; null: any free one.</summary>
    public int? Port { get; set; }

    /// <summary>Port that the process listens on; null: chosen.</summary>
    public int? TargetPort { get; set; }

    /// <summary>Scheme of addresses.</summary>
    public string UriScheme { get; set; }

    /// <summary>Address that the process binds to; default <c>localhost</c>.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Transport.</summary>
    public string Transport { get; set; }

    /// <summary>Whether meant for users outside.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy may stand between.</summary>
    public bool IsProxied { get; set; }

    /// <summary>The address, once known; null before.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;
        set
        {
            if (value is not null)
                _allocated.TrySetResult(value);
        }
    }

    internal Task<AllocatedEndpoint> Allocated => _allocated.Task;
}

/// <summary>The address of an endpoint.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="address">Host name or address.</param>
/// <param name="port">Port that others use.</param>
/// <param name="targetPortExpression">Placeholder of the port that each process listens on.</param>
public class AllocatedEndpoint(
    EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>Host name or address.</summary>
    public string Address { get; } = address;

    /// <summary>Port that others use.</summary>
    public int Port { get; } = port;

    /// <summary>Placeholder of the port that each process listens on.</summary>
    public string? TargetPortExpression { get; } = targetPortExpression;

    /// <summary>Scheme.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Host and port.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>The address as a URI.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
