using System.Net;
using System.Net.Sockets;

namespace Performance.Gateway;

/// <summary>
/// Where a request comes from, for counting: an IPv6 network, as everyone gets a whole /64, or an IPv4 address.
/// Behind another proxy this is right only if <c>TrustedProxies</c> names it.
/// </summary>
internal static class ClientAddress
{
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } when !IPAddress.IsLoopback(address) =>
            Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString()
    };
}
